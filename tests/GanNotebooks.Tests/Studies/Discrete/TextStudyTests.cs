using GanNotebooks.Data;
using GanNotebooks.Studies;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Studies;

/// <summary>The studies of notebook 17, on short runs.</summary>
public sealed class TextStudyTests
{
    [Fact]
    public void Evaluate_BetweenTheLaws_HasTheDivergencesOfEnumeration()
    {
        var source = MarkovSource.Law(TextStudy.Length);
        var law = source.Sharpen(1.5);
        var got = TextStudy.Evaluate(source, law, 0, null);
        double jsd = 0;
        foreach (int[] x in source.Sequences())
        {
            double p = Math.Exp(source.LogProbability(x)), q = Math.Exp(law.LogProbability(x));
            jsd += p * Math.Log(2 * p / (p + q)) / 2 + q * Math.Log(2 * q / (p + q)) / 2;
        }
        Assert.Equal(jsd, got.Jsd, 1e-12);
        Assert.Equal(TextStudy.Length * SequenceComparison.Of(source, law).Kl, got.Kl, 1e-12);
        var point = TextStudy.Point(source, source, 1.5);
        Assert.Equal(got.Kl, point.Kl, 1e-12);
        Assert.Equal(got.ReverseKl, point.ReverseKl, 1e-12);
    }

    [Fact]
    public void Run_ShortRun_ChoosesTheMomentOfTheBestValidationLoss()
    {
        var run = new TextStudy("unused") { Steps = 48 }.Run("REINFORCE GAN after likelihood", 1);
        Assert.Equal(13, run.Trajectory.Count);
        Assert.Equal(run.Trajectory.Min(e => e.Validation), run.Chosen.Validation);
        var plain = run.Sweep.Single(s => s.Alpha == 1);
        Assert.Equal(run.Chosen.Kl, plain.Kl, 1e-9);
        Assert.InRange(run.Trajectory[0].Discriminator, -2, 0);
    }

    [Fact]
    public void Run_RecordedAgain_IsLeftAloneAndReadsBack()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var study = new TextStudy(folder) { Log = _ => { } };
            study.Run(["counting"], [1, 2]);
            string[] files = Directory.GetFiles(folder);
            Assert.Equal(2, files.Length);
            var read = RecordedText.Read(files.Order(StringComparer.Ordinal).First());
            Assert.Equal("counting", read.Method);
            File.SetLastWriteTimeUtc(files[0], DateTime.UnixEpoch);
            study.Run(["counting"], [1, 2]);
            Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(files[0]));
            Assert.Throws<ArgumentException>(() => study.Run(["nothing"], [1]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void NumberWords_All_AreDistinctAndReadBack()
    {
        var words = CharacterCorpus.NumberWords;
        Assert.Equal(100, words.All.Distinct().Count());
        Assert.Contains("forty two", words.All);
        Assert.Contains("nineteen", words.All);
        Assert.Equal(80, words.Training.Count);
        Assert.Empty(words.Training.Intersect(words.HeldOut));
        using var codes = words.Encode(words.All);
        Assert.Equal(words.All, words.Decode(codes));
        Assert.Throws<ArgumentException>(() => words.Encode(["a hundred"]));
    }

    [Fact]
    public void Captions_All_AreTheLanguageOfThePictures()
    {
        var captions = CharacterCorpus.Captions;
        Assert.Equal(960, captions.All.Distinct().Count());
        Assert.Equal(192, captions.HeldOut.Count);
        Assert.Equal("at the bottom is a small yellow three".Length, captions.Length); // longest: small green three, and an end mark
        Assert.Contains("at the left is a small red seven", captions.Training);
        Assert.Contains("a zero at the left", captions.HeldOut);
        Assert.All(captions.All, text => Assert.Equal(Caption.Length, Caption.Tokens(text).Length));
        Assert.Equal(captions.All, captions.Decode(captions.Encode(captions.All)));
    }

    [Theory]
    [InlineData("discrete-words", 80, 0.3)] // 300 steps of likelihood write 80 % right
    [InlineData("discrete-captions", 768, 0.0)]
    public void WordStudy_ShortRun_ScoresWhatIsRight(string study, int shown, double right)
    {
        CharacterCorpus[] all = [CharacterCorpus.NumberWords, CharacterCorpus.Captions];
        var corpus = all.Single(c => c.Study == study);
        var run = new WordStudy("unused", corpus) { Steps = 10 }.Run("MaliGAN after likelihood", 1);
        Assert.InRange(run.End.Right, right, 1.001);
        Assert.True(run.End.RightHeldOut <= run.End.Right);
        Assert.True(run.End.Nll > Math.Log(shown) - 1e-3);
    }
}
