using System.Reflection;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Plotting;

public sealed class FormulaTests
{
    [Fact]
    public void PreferredMimeTypes_Formula_EachHasAFormatter()
    {
        string[] preferred = typeof(Formula).GetCustomAttribute<TypeFormatterSourceAttribute>()!.PreferredMimeTypes;
        var offered = new FormulaFormatterSource().CreateTypeFormatters()
            .Select(f => (string)f.GetType().GetProperty("MimeType")!.GetValue(f)!);
        Assert.Equal(["text/latex", "text/plain"], preferred);
        Assert.Equal(preferred, offered);
    }
}
