using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class SupremumEnvelopeTests
{
    private const double Rounding = 1e-14; // sums of some 60 terms of size 1

    [Fact]
    public void Along_RandomSegments_LinesLieBelowAndTouchWhereTheyAreOptimal()
    {
        var random = new Random(1);
        for (int n = 0; n < 20; n++)
        {
            var envelope = Draw(random, lines: 11, samples: 101);
            foreach (var line in envelope.Lines)
            {
                Assert.All(envelope.Positions.Zip(envelope.Supremum),
                    point => Assert.True(line.At(point.First) <= point.Second + Rounding));
                int index = (int)Math.Round(100 * line.OptimalAt);
                Assert.Equal(envelope.Supremum[index], line.At(line.OptimalAt), Rounding);
            }
        }
    }

    [Fact]
    public void Along_RandomSegments_SupremumIsConvexAndNotLinear()
    {
        var random = new Random(2);
        for (int n = 0; n < 20; n++)
        {
            double[] c = Draw(random, lines: 2, samples: 51).Supremum;
            // strictly: differences are some 1e-4, roundings 1e-15
            for (int k = 1; k < 50; k++)
                Assert.True(c[k - 1] - 2 * c[k] + c[k + 1] > 0);
        }
    }

    [Fact]
    public void Along_MoreLines_ApproachTheSupremumQuadratically()
    {
        double Gap(int lines)
        {
            var envelope = Draw(new Random(3), lines, samples: 1601, spread: 0.5);
            return envelope.Positions.Select((t, k) => envelope.Supremum[k] - envelope.Lines.Max(line => line.At(t))).Max();
        }

        Assert.Equal(4, Gap(21) / Gap(41), 0.5); // tangents at half the distance leave a quarter of the gap
    }

    [Fact]
    public void Along_SegmentThroughTheData_HasItsMinimumThere()
    {
        double[] p = [0.2, 0.3, 0.5];
        double[] from = [0.3, 0.3, 0.4]; // p lies in the middle of from and to
        double[] to = [0.1, 0.3, 0.6];
        var envelope = SupremumEnvelope.Along(p, from, to, lines: 3, samples: 101);
        Assert.Equal(50, Array.IndexOf(envelope.Supremum, envelope.Supremum.Min()));
        Assert.Equal(-Math.Log(4), envelope.Supremum[50], 1e-15);
        Assert.Equal(0, envelope.Lines[1].AtOne - envelope.Lines[1].AtZero, Rounding); // D = 1/2: the tangent is level
    }

    private static SupremumEnvelope Draw(Random random, int lines, int samples, double spread = 3)
        => SupremumEnvelope.Along(
            RandomSimplex.Draw(random, 30, spread), RandomSimplex.Draw(random, 30, spread), RandomSimplex.Draw(random, 30, spread),
            lines, samples);
}
