using GanNotebooks.Workbook.Execution;

namespace GanNotebooks.Workbook.Tests.Execution;

public sealed class ValueFormatterTests
{
    [Theory]
    [InlineData(42, "42")]
    [InlineData(0.5, "0.5")]
    [InlineData(true, "True")]
    [InlineData("text", "text")]
    [InlineData(DayOfWeek.Monday, "Monday")]
    public void Format_Primitive_IsPlainTextOnly(object value, string text) =>
        Assert.Equal(new Dictionary<string, string> { ["text/plain"] = text }, ValueFormatter.Format(value));

    [Fact]
    public void Format_Object_IsHtmlAndText()
    {
        var data = ValueFormatter.Format(new { Mean = 1.5 });

        Assert.Equal(["text/html", "text/plain"], data.Keys.Order());
        Assert.Contains("Mean", data["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void Format_TypeWithFormatterSource_ShowsItself() => Assert.Equal(
        new Dictionary<string, string> { ["text/html"] = "<b>itself</b>", ["text/plain"] = "itself" }, ValueFormatter.Format(new ShowsItself()));

    [TypeFormatterSource(typeof(Source))]
    private sealed class ShowsItself;

    // By name only, as the library does it: this is not the attribute of the formatting package.
    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;
    }

    private sealed class Source
    {
        public static IEnumerable<object> All => [new Formatter("text/html", "<b>itself</b>"), new Formatter("text/plain", "itself")];

#pragma warning disable CA1822 // .NET Interactive calls it on an instance.
        public IEnumerable<object> CreateTypeFormatters() => All;
#pragma warning restore CA1822
    }

    private sealed class Formatter(string mimeType, string text)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object value, TextWriter writer)
        {
            writer.Write(text);
            return value is ShowsItself;
        }
    }
}
