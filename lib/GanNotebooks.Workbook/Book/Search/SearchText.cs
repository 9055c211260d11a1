using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Book;

/// <summary>Words as a reader types them, from formulae and from names of the library.</summary>
internal static partial class SearchText
{
    private static readonly Dictionary<string, string> Greek = new()
    {
        ["alpha"] = "α", ["beta"] = "β", ["gamma"] = "γ", ["delta"] = "δ", ["epsilon"] = "ε", ["varepsilon"] = "ε", ["theta"] = "θ",
        ["lambda"] = "λ", ["mu"] = "μ", ["sigma"] = "σ", ["tau"] = "τ", ["phi"] = "φ", ["varphi"] = "φ", ["psi"] = "ψ", ["omega"] = "ω",
        ["eta"] = "η", ["kappa"] = "κ", ["rho"] = "ρ", ["pi"] = "π", ["chi"] = "χ", ["xi"] = "ξ", ["nabla"] = "∇", ["infty"] = "∞",
    };

    /// <summary>
    /// A formula as text: <c>D^*_G</c> becomes "D*_G", <c>\\mathrm{JSD}</c> becomes "JSD", <c>\\frac{p}{p+q}</c> becomes "p/(p+q)", and a
    /// Greek letter stands as letter and as word.
    /// </summary>
    /// <param name="latex">The formula.</param>
    /// <param name="words">Whether a Greek letter also stands as a word; a heading has the letter alone.</param>
    public static string OfFormula(string latex, bool words = true)
    {
        string text = Wrappers().Replace(latex, "$1");
        for (int depth = 0; depth < 2; depth++) // a fraction within a fraction
            text = Fractions().Replace(text, match => Bracketed(match.Groups[1].Value) + "/" + Bracketed(match.Groups[2].Value) + " ");
        text = Commands().Replace(text, match => match.Groups[1].Value switch
        {
            "log" or "exp" or "min" or "max" or "sup" or "inf" or "det" => $" {match.Groups[1].Value} ",
            "int" => " ∫ ",
            "sum" => " Σ ",
            "sqrt" => "√",
            var name when Greek.TryGetValue(name, out string? letter) => words ? $" {letter} {name} " : letter,
            _ => " ",
        });
        text = text.Replace("^*", "*", StringComparison.Ordinal).Replace("^{*}", "*", StringComparison.Ordinal);
        text = Indices().Replace(text, "$1"); // W₁ is typed as W1
        return Spaces().Replace(Marks().Replace(text, ""), " ").Trim();
    }

    /// <summary>A name in its words: "OptimalDiscriminator" is also found as "optimal discriminator".</summary>
    public static string OfName(string name) => Humps().Replace(name, "$1 $2");

    private static string Bracketed(string part) =>
        part.Trim('{', '}') is { Length: > 1 } longer && part[0] == '{' ? $"({longer})" : part.Trim('{', '}');

    [GeneratedRegex(@"\\[td]?frac\s*(\{[^{}]*\}|\w)\s*(\{[^{}]*\}|\w)", RegexOptions.NonBacktracking)]
    private static partial Regex Fractions();

    [GeneratedRegex(
        @"\\(?:mathrm|mathbb|mathbf|mathcal|mathit|text|operatorname|tilde|hat|bar)\s*\{([^{}]*)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Wrappers();

    [GeneratedRegex(@"\\([A-Za-z]+|.)", RegexOptions.NonBacktracking)]
    private static partial Regex Commands();

    [GeneratedRegex(@"_\{?([0-9])\}?", RegexOptions.NonBacktracking)]
    private static partial Regex Indices();

    [GeneratedRegex(@"[${}^&]", RegexOptions.NonBacktracking)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"([a-z0-9])([A-Z])", RegexOptions.NonBacktracking)]
    private static partial Regex Humps();
}
