using System.Globalization;

namespace GanNotebooks.Theory;

/// <content>How a formula is written in LaTeX.</content>
public abstract partial record SymbolicExpression
{
    /// <summary>The formula in LaTeX.</summary>
    public string ToLatex() => this switch
    {
        Number n => n.Value.ToLatex(),
        Symbol s => s.Name,
        Sum s => $"{s.Left.ToLatex()} + {s.Right.ToLatex()}".Replace("+ -", "- ", StringComparison.Ordinal),
        Logarithm l => l.Argument is Symbol or Number ? $"\\log {l.Argument.ToLatex()}" : $"\\log\\left({l.Argument.ToLatex()}\\right)",
        _ => ProductToLatex(),
    };

    /// <summary>The formula in LaTeX.</summary>
    public sealed override string ToString() => ToLatex();

    private string ProductToLatex()
    {
        var above = Factors(this).Where(t => t is not Power { Exponent: < 0 }).ToArray();
        var below = Factors(this).OfType<Power>().Where(p => p.Exponent < 0).Select(p => p.Base.Pow(-p.Exponent)).ToArray();
        bool minus = above.FirstOrDefault() is Number { Value.Sign: < 0 };
        if (above.FirstOrDefault() is Number n)
        {
            above = [.. (n.Value == 1 || n.Value == -1
                ? []
                : new SymbolicExpression[] { new Number(minus ? -n.Value : n.Value) }).Concat(above.Skip(1))];
        }

        string numerator = Juxtapose(above);
        return (minus ? "-" : "") + (below.Length == 0 ? numerator : $"\\frac{{{numerator}}}{{{Juxtapose(below)}}}");
    }

    private static string Juxtapose(SymbolicExpression[] factors) => factors.Length switch
    {
        0 => "1",
        1 when factors[0] is Sum => factors[0].ToLatex(),
        _ => string.Join(" ", factors.Select(t => t switch
        {
            Sum => $"\\left({t.ToLatex()}\\right)",
            Power p => (p.Base is Symbol ? p.Base.ToLatex() : $"\\left({p.Base.ToLatex()}\\right)")
                + string.Create(CultureInfo.InvariantCulture, $"^{{{p.Exponent}}}"),
            _ => t.ToLatex(),
        })),
    };
}
