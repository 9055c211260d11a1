namespace GanNotebooks.Workbook.Notebooks;

/// <summary>
/// Whether code may be given to the compiler's parser in this process. The parser calls itself for each open bracket, each <c>not</c> of
/// a pattern and each <c>#if</c>; 12,000 of them end the process with a stack overflow, which nothing can catch. For some texts without any
/// sense its time grows with the square of their length.
/// </summary>
internal static class CodeShape
{
    /// <summary>Open brackets, the word <c>not</c>, and lines with a directive. The deepest line of the course has 9 brackets.</summary>
    public const int DepthAtMost = 200;

    /// <summary>Letters of a cell; the longest of the course has 1,500.</summary>
    public const int LettersAtMost = 20_000;

    /// <summary>Whether the code is short and flat enough.</summary>
    public static bool IsParsable(string code) =>
        code.Length <= LettersAtMost && Depth(code) <= DepthAtMost && code.AsSpan().Count("not") <= DepthAtMost && AreFew(code);

    private static int Depth(string code)
    {
        int brackets = 0, angles = 0, deepest = 0;
        foreach (char letter in code)
        {
            brackets = Math.Max(0, brackets + letter switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 });
            angles = Math.Max(0, angles + letter switch { '<' => 1, '>' => -1, _ => 0 });
            // A comparison has no closing sign; a list of types ends with its statement.
            if (letter is ';' or '{' or '}')
                angles = 0;
            deepest = Math.Max(deepest, brackets + angles);
        }

        return deepest;
    }

    // The condition of an #if is parsed by recursion, too.
    private static bool AreFew(string code)
    {
        int directives = 0;
        foreach (var line in code.AsSpan().EnumerateLines())
        {
            var text = line.TrimStart();
            if (text.StartsWith("#") && (++directives > DepthAtMost || text.Length > 5 * DepthAtMost))
                return false;
        }

        return true;
    }
}
