using System.Text;
using GanNotebooks.Workbook.Notebooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GanNotebooks.Workbook.Book;

/// <summary>C# as HTML, coloured by what the compiler's own parser says each token is.</summary>
internal static class CodeHighlighter
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>The code with its colours; code that is not parsed, because it is too long or too deep, without them.</summary>
    public static string ToHtml(string code)
    {
        if (!CodeShape.IsParsable(code))
            return Html.Escape(code);
        if (code.TrimStart().StartsWith("#!", StringComparison.Ordinal))
            return Span("d", code);
        var html = new StringBuilder();
        foreach (var token in CSharpSyntaxTree.ParseText(code, Options).GetRoot().DescendantTokens())
        {
            AddTrivia(html, token.LeadingTrivia);
            AddPiece(html, ClassOf(token), token.Text);
            AddTrivia(html, token.TrailingTrivia);
        }

        return html.ToString();
    }

    private static void AddTrivia(StringBuilder html, SyntaxTriviaList list)
    {
        foreach (var trivia in list)
        {
            string kind = trivia.IsDirective ? "d"
                : trivia.Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia or SyntaxKind.SkippedTokensTrivia ? ""
                : "c";
            AddPiece(html, kind, trivia.ToFullString());
        }
    }

    private static void AddPiece(StringBuilder html, string kind, string text)
    {
        if (text.Length > 0)
            html.Append(kind == "" ? Html.Escape(text) : Span(kind, text));
    }

    private static string Span(string kind, string text) => $"<span class=\"{kind}\">{Html.Escape(text)}</span>";

    /// <summary>k keyword, s string, n number, t type, m method, "" anything else.</summary>
    private static string ClassOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "n",
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringStartToken
            or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedVerbatimStringStartToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
            or SyntaxKind.InterpolatedRawStringEndToken => "s",
        SyntaxKind.IdentifierToken => ClassOfIdentifier(token),
        _ => token.IsKeyword() || token.IsContextualKeyword() ? "k" : "",
    };

    private static string ClassOfIdentifier(SyntaxToken token)
    {
        if (token.Parent is IdentifierNameSyntax { IsVar: true } or IdentifierNameSyntax { Identifier.Text: "nameof" })
            return "k";
        return token.Parent switch
        {
            BaseTypeDeclarationSyntax or TypeParameterSyntax => "t",
            MethodDeclarationSyntax or LocalFunctionStatementSyntax => "m",
            SimpleNameSyntax name when IsCalled(name) => "m",
            SimpleNameSyntax name when IsType(name) => "t",
            _ => "",
        };
    }

    private static bool IsCalled(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call => call.Expression == name,
        MemberAccessExpressionSyntax access => access.Name == name && access.Parent is InvocationExpressionSyntax call
            && call.Expression == access,
        _ => false,
    };

    /// <summary>By position, or by the habit that a capital letter before a dot is a type: the parser alone does not bind names.</summary>
    private static bool IsType(SimpleNameSyntax name) => name is GenericNameSyntax || name.Parent switch
    {
        ObjectCreationExpressionSyntax made => made.Type == name,
        VariableDeclarationSyntax declared => declared.Type == name,
        ParameterSyntax parameter => parameter.Type == name,
        BaseTypeSyntax or TypeArgumentListSyntax or ArrayTypeSyntax or NullableTypeSyntax or CastExpressionSyntax
            or TypeOfExpressionSyntax => true,
        MethodDeclarationSyntax method => method.ReturnType == name,
        LocalFunctionStatementSyntax function => function.ReturnType == name,
        MemberAccessExpressionSyntax access => access.Expression == name && char.IsUpper(name.Identifier.Text[0])
            && name.Identifier.Text.Length > 1,
        _ => false,
    };
}
