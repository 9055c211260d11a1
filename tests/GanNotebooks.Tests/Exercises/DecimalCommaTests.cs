using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Exercises;

public sealed class DecimalCommaTests
{
    [Theory]
    [InlineData("double? a = 0,75;", "0.75 in place of 0,75")]
    [InlineData("double? a = -1,5 * Math.Log(2);", "1.5 in place of 1,5")]
    [InlineData("double? a = Math.Exp(0,5);", "0.5 in place of 0,5")]
    [InlineData("double? a = 0.75", null)]
    [InlineData("double? a = Math.Pow(2, 3", null)]
    [InlineData("double? a = x1,5;", null)]
    [InlineData("double? a = ; // 0,75", null)]
    public void Help_CellOfAnExercise_NamesTheNumber(string code, string? told)
    {
        string? help = DecimalComma.Help(code + "\nExercise.Answer(\"04.1\", a)");
        if (told is null)
            Assert.Null(help);
        else
            Assert.Contains(told, help, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_OtherCell_IsSilent() => Assert.Null(DecimalComma.Help("double x = 0,75;"));
}
