using System.Text;
using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// The drawing modules of the lab's page as one plain script. A browser loads no module from a page that is opened from disk, and the front
/// page of the book draws with the same code as the lab.
/// </summary>
internal static partial class LabModules
{
    /// <summary>The script's name in the folder of the assets.</summary>
    public const string File = "lab-drawing.js";

    /// <summary>The modules, each after those that it imports.</summary>
    public static IReadOnlyList<string> Names { get; } = ["palette", "format", "axes", "plane", "charts"];

    /// <summary>The script: <c>window.labModules.NAME</c> holds what a module exports.</summary>
    public static string Script => "\"use strict\";\n/* Made from the modules of lib/GanNotebooks.Live/Page. */\nwindow.labModules = {};\n"
        + string.Concat(Names.Select(name => Plain(name, Assets.Read($"lab/{name}.js"))));

    /// <summary>One module as a function that is called at once.</summary>
    /// <exception cref="FormatException">The module has an import or an export of another form.</exception>
    internal static string Plain(string name, string module)
    {
        var exported = new List<string>();
        string body = Imports().Replace(module, "const {$1} = window.labModules.$2;");
        body = Exports().Replace(body, match =>
        {
            exported.Add(match.Groups[2].Value);
            return $"{match.Groups[1].Value} {match.Groups[2].Value}";
        });
        if (Rest().Match(body) is { Success: true } odd)
            throw new FormatException($"{name}.js: '{odd.Value}' is no import or export that the book can take over");
        return new StringBuilder().Append("(function () {\n").Append(body)
            .Append($"window.labModules.{name} = {{ {string.Join(", ", exported)} }};\n}})();\n").ToString();
    }

    [GeneratedRegex(@"^import \{([^{}]*)\} from ""\./(\w+)\.js"";$", RegexOptions.Multiline)]
    private static partial Regex Imports();

    [GeneratedRegex(@"^export (const|class|function\*?) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Exports();

    [GeneratedRegex(@"^(import|export)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Rest();
}
