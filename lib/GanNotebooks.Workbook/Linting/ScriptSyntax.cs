using GanNotebooks.Workbook.Notebooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GanNotebooks.Workbook.Linting;

/// <summary>What a rule wants to know about a code cell, from the compiler's parser, so that comments and strings do not count.</summary>
internal static class ScriptSyntax
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>Code that is too deep for the parser counts as empty; <see cref="SizeRules"/> reports it.</summary>
    public static CompilationUnitSyntax Parse(string code) =>
        CSharpSyntaxTree.ParseText(CodeShape.IsParsable(code) ? code : "", Options).GetCompilationUnitRoot();

    public static IEnumerable<string> Identifiers(CompilationUnitSyntax code) =>
        code.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.Text);

    /// <summary>Names called as functions or methods.</summary>
    public static IEnumerable<string> Calls(CompilationUnitSyntax code) =>
        code.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(call => call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
            SimpleNameSyntax name => name.Identifier.Text,
            _ => "",
        });

    /// <summary>
    /// How the texts begin that are the first arguments of calls of these methods. A computed text begins with its first literal.
    /// </summary>
    public static IEnumerable<string> FirstTexts(CompilationUnitSyntax code, IReadOnlySet<string> methods) =>
        from call in code.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax member && methods.Contains(member.Name.Identifier.Text)
        let first = call.ArgumentList.Arguments.FirstOrDefault()
        where first is not null
        let text = first.DescendantTokens().SkipWhile(token => token.IsKind(SyntaxKind.InterpolatedStringStartToken)).FirstOrDefault()
        where text.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
        select text.ValueText;

    /// <summary>The code uses <c>type.Member</c>.</summary>
    public static bool UsesMemberOf(SyntaxNode code, string type) => code.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>()
        .Any(access => access.Expression is IdentifierNameSyntax name && name.Identifier.Text == type);

    /// <summary>The expression that a cell ends with and so shows; null when it ends otherwise.</summary>
    public static ExpressionSyntax? ShownExpression(CompilationUnitSyntax code) =>
        code.Members.LastOrDefault() is GlobalStatementSyntax statement
        && statement.Statement is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last
            ? last.Expression
            : null;
}
