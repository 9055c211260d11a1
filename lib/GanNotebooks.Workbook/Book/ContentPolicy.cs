using System.Security.Cryptography;
using System.Text;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// What a browser may do on a page of the book, whatever got onto it: run the scripts and show the pictures that lie beside it, and load
/// nothing from elsewhere. A page that is opened from disk may be told this, too.
/// </summary>
internal static class ContentPolicy
{
    /// <summary>
    /// No script that stands in a page, not even the book's own. Styles may stand in elements: tables and figures have theirs there, and a
    /// style can load nothing but the pictures and letters of the book. A "blob:" is what a script of the book made itself: plotly.js draws
    /// a figure into one before it saves it as PNG.
    /// </summary>
    public const string Text = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self'; base-uri 'none'; form-action 'none'";

    /// <summary>The element for a page's head. It comes before all that a page may load.</summary>
    public static string Element =>
        $"<meta http-equiv=\"Content-Security-Policy\" content=\"{Text}\">\n<meta name=\"referrer\" content=\"no-referrer\">";

    /// <summary>
    /// The policy of a page in one file. Its scripts are named by their digests: a browser runs no other one, whatever got onto the page.
    /// </summary>
    /// <param name="scripts">The scripts, as a browser reads them.</param>
    /// <param name="more">What else the page may do.</param>
    public static string Inline(IEnumerable<string> scripts, string more = "") =>
        $"default-src 'none'; script-src {string.Join(' ', scripts.Select(Digest))}; style-src 'unsafe-inline'; img-src data: blob:; "
        + $"{more}base-uri 'none'; form-action 'none'";

    private static string Digest(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
}
