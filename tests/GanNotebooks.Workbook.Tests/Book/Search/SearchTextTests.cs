using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Tests.Book;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData(@"D^*_G = \frac{p}{p + q}", "D*_G = p/(p + q)")]
    [InlineData(@"H^2 = \tfrac12 \int (\sqrt{p} - \sqrt{q})^2", "H2 = 1/2 ∫ (√p - √q)2")]
    [InlineData(@"\frac{\frac{a}{2}}{b}", "(a/2 )/b")]
    [InlineData(@"\sum_x p(x)\,\mathrm{JSD}", "Σ _x p(x) JSD")]
    [InlineData(@"W_1", "W1")]
    public void OfFormula_Tex_IsWhatAReaderTypes(string latex, string text) =>
        Assert.Equal(text, SearchText.OfFormula(latex, words: false));

    [Fact]
    public void OfFormula_GreekLetter_StandsAsLetterAndAsWord() => Assert.Equal("σ sigma 2", SearchText.OfFormula(@"\sigma^2"));
}
