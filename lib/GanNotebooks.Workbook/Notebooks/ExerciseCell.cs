using System.Text.RegularExpressions;
using GanNotebooks.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>
/// The code of an exercise. The course prints two statements: <c>double? answer = null;</c> and <c>Exercise.Answer("04.1", answer)</c>.
/// A cell with anything else in it was edited, and runs as its reader wrote it.
/// </summary>
internal static partial class ExerciseCell
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>The exercise that a cell names, whether or not its code compiles; null for a cell without one.</summary>
    public static string? IdIn(string code) =>
        Call().Match(AnswerHelp.WithoutComments(code)) is { Success: true } call ? call.Groups[1].Value : null;

    /// <summary>
    /// The exercise that a cell answers in its reader's own words; null for another cell, or if a solution runs in its place.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="solutions">The printed solutions, by the cell's id.</param>
    /// <param name="solve">Whether they run in the place of open cells.</param>
    public static string? AnsweredBy(NotebookCell cell, IReadOnlyDictionary<string, string> solutions, bool solve)
    {
        // A reader who is at work may have deleted the call; the printed solution still tells which exercise it is.
        string? printed = solutions.GetValueOrDefault(cell.Id);
        return solve && printed is not null && IsOpen(cell.Source) ? null : IdIn(cell.Source) ?? IdIn(printed ?? "");
    }

    /// <summary>
    /// The declarations of a cell's nullable variables, without their values: what a later cell finds where an answer has not run.
    /// </summary>
    public static string Empty(string code) => string.Join('\n', CSharpSyntaxTree.ParseText(code, Options).GetCompilationUnitRoot().Members
        .OfType<FieldDeclarationSyntax>().Where(field => field.Declaration.Type is NullableTypeSyntax)
        .SelectMany(field => field.Declaration.Variables.Select(one => $"{field.Declaration.Type} {one.Identifier.Text} = null;")));

    /// <summary>Whether a cell waits for its answer: null is the answer, and nothing but the two statements is there.</summary>
    public static bool IsOpen(string code)
    {
        if (!CodeShape.IsParsable(code))
            return false;
        var root = CSharpSyntaxTree.ParseText(code, Options).GetCompilationUnitRoot();
        return root.Members is [var first, var second] && root.Usings.Count == 0
            && DeclaredWithoutAnswer(first) is { } name && IsAnswer(second, name)
            && root.GetDiagnostics().All(problem => problem.Severity is not DiagnosticSeverity.Error);
    }

    private static string? DeclaredWithoutAnswer(MemberDeclarationSyntax member) =>
        member is FieldDeclarationSyntax { Declaration.Variables: [{ Initializer.Value: var value, Identifier.Text: var name }] }
        && IsNothing(value) ? name : null;

    private static bool IsNothing(ExpressionSyntax value) =>
        value.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression;

    private static bool IsAnswer(MemberDeclarationSyntax member, string name) =>
        member is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax
            {
                Expression: InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax
                    {
                        Expression: IdentifierNameSyntax { Identifier.Text: "Exercise" },
                        Name.Identifier.Text: "Answer",
                    },
                    ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax }, { Expression: IdentifierNameSyntax given }],
                },
            },
        } && given.Identifier.Text == name;

    [GeneratedRegex(@"\bExercise\s*\.\s*Answer\s*\(\s*""([^""\r\n]*)""")]
    private static partial Regex Call();
}
