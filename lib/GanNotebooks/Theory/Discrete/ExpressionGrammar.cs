using System.Text.RegularExpressions;

namespace GanNotebooks.Theory;

/// <summary>
/// The grammar S → x | S+S | S−S | S*S | S/S with at most twelve characters, the text of Kusner and Hernández-Lobato 2016 ("GANs for
/// sequences of discrete elements with the Gumbel-softmax distribution", section 4). It writes x, then operator and x up to five times:
/// 1 + 4 + … + 4⁵ = 1,365 strings, so that everything about it can be summed.
/// </summary>
public static partial class ExpressionGrammar
{
    /// <summary>Largest number of characters.</summary>
    public const int MostCharacters = 12;

    /// <summary>Largest number of operators within <see cref="MostCharacters"/>: each adds two characters to the first x.</summary>
    public const int MostOperators = (MostCharacters - 1) / 2;

    private const string Operators = "+-*/";

    /// <summary>Share of the unbounded grammar's mass within the limit, if a symbol becomes x with probability ½.</summary>
    public static double MassWithinLimit => Enumerable.Range(0, MostOperators + 1).Sum(Mass);

    /// <summary>Entropy of the bounded law in nats.</summary>
    public static double Entropy => -Enumerable.Range(0, MostOperators + 1).Sum(k => Share(k) * Math.Log(Share(k) / Math.Pow(4, k)));

    /// <summary>All strings, short ones first.</summary>
    public static IReadOnlyList<string> Strings()
    {
        var all = new List<string>();
        string[] longest = ["x"];
        for (int k = 0; k <= MostOperators; k++)
        {
            all.AddRange(longest);
            longest = [.. longest.SelectMany(s => Operators.Select(o => s + o + "x"))];
        }
        return all;
    }

    /// <summary>Probability of k operators under the bounded law.</summary>
    /// <param name="operators">k, from 0 to <see cref="MostOperators"/>.</param>
    public static double Share(int operators) =>
        Require.AtLeast(operators, 0) <= MostOperators ? Mass(operators) / MassWithinLimit : 0;

    /// <summary>Probability of a string under the bounded law; 0 for what the grammar does not write.</summary>
    public static double Probability(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int operators = (text.Length - 1) / 2;
        return Accepts(text) ? Share(operators) / Math.Pow(Operators.Length, operators) : 0;
    }

    /// <summary>Whether the grammar writes this string. A regular expression is parser enough.</summary>
    public static bool Accepts(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= MostCharacters && Expression().IsMatch(text);
    }

    // k operators: Catalan(k) trees, each with k + 1 stops of probability ½ and k splits of probability ½.
    private static double Mass(int operators) => Catalan(operators) * Math.Pow(0.5, 2 * operators + 1);

    private static double Catalan(int n) => n == 0 ? 1 : Catalan(n - 1) * (4 * n - 2) / (n + 1);

    [GeneratedRegex(@"\Ax([-+*/]x)*\z")]
    private static partial Regex Expression();
}
