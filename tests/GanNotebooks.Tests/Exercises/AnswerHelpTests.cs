using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Exercises;

public sealed class AnswerHelpTests
{
    [Theory]
    [InlineData("double? a = 0,75;", "0.75 in place of 0,75")]
    [InlineData("double? a = -1,5 * Math.Log(2);", "1.5 in place of 1,5")]
    [InlineData("double? a = Math.Exp(0,5);", "0.5 in place of 0,5")]
    [InlineData("double? a = \"0.75\";", "without quotation marks")]
    [InlineData("double? a = 80%;", "80 / 100.0 in place of 80%")]
    [InlineData("double? a = 0.8m;", "0.8 in place of 0.8m")]
    [InlineData("double? a = ln(2);", "Math.Log is the natural logarithm")]
    [InlineData("double? a = 1.0 / Sqrt(2);", "There is no Sqrt")]
    [InlineData("double? a = Math.log(2);", "Math.Log in place of Math.log")]
    [InlineData("double? a = 1 / Math.sqrt(2);", "Math.Sqrt in place of Math.sqrt")]
    [InlineData("double? a = 7 % 3", null)]
    [InlineData("double? a = Math.Log(2)", null)]
    [InlineData("double? a = 0.75", null)]
    [InlineData("double? a = Math.Pow(2, 3", null)]
    [InlineData("double? a = x1,5;", null)]
    [InlineData("double? a = ; // 0,75", null)]
    public void Of_CellOfAnExercise_NamesTheSlip(string code, string? told)
    {
        string? help = AnswerHelp.Of(code + "\nExercise.Answer(\"04.1\", a)");
        if (told is null)
            Assert.Null(help);
        else
            Assert.Contains(told, help, StringComparison.Ordinal);
    }

    [Fact]
    public void OfAnswer_CellWithoutTheCall_NamesTheSlip() =>
        Assert.Contains("0.75 in place of 0,75", AnswerHelp.OfAnswer("double? a = 0,75;"), StringComparison.Ordinal);

    [Fact]
    public void Of_OtherCell_IsSilent() => Assert.Null(AnswerHelp.Of("double x = 0,75;"));
}
