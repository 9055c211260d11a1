namespace GanNotebooks.Workbook.Tests;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain é 网 😀", "plain é 网 😀")]
    [InlineData("\u001b[2J\u001b]0;title\a", "␛[2J␛]0;title␇")]
    [InlineData("a\rb\bc\u007f", "a␍b␈c␡")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("x\u202ecod.exe\u2066\u2028", "x\\u202ecod.exe\\u2066\\u2028")]
    [InlineData("one\npassed two", "one\n           passed two")]
    public void Visible_ControlCharacters_BecomeSigns(string text, string seen) => Assert.Equal(seen, TerminalText.Visible(text));

    [Fact]
    public void Visible_EveryCharacter_IsNoControlCharacterAfterwards()
    {
        string all = string.Concat(Enumerable.Range(0, 0xd800).Select(code => (char)code));
        Assert.DoesNotContain(TerminalText.Visible(all), letter => letter != '\n' && char.IsControl(letter));
    }
}
