using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace GanNotebooks.Workbook.Book;

/// <summary>The public names of the library with their first sentences, from the documentation that the compiler writes.</summary>
internal static class LibraryPage
{
    public const string File = "library.html";

    private static string DocumentationFile => Path.Combine(LibraryFolder.Path, "GanNotebooks.xml");

    /// <summary>null where the library is not built, or was built without its documentation.</summary>
    public static BookPage? Create()
    {
        if (!System.IO.File.Exists(DocumentationFile))
            return null;
        var texts = Texts();
        var types = typeof(Check).Assembly.GetExportedTypes()
            .Where(type => type.DeclaringType is null && texts.ContainsKey($"T:{type.FullName}"))
            .OrderBy(type => type.Namespace, StringComparer.Ordinal).ThenBy(type => type.Name, StringComparer.Ordinal);
        var anchors = new Dictionary<string, int>();
        var headings = new List<Heading>();
        var body = new StringBuilder("<section class=\"prose library\">\n<p>Every public type of the library, by namespace. "
            + "A notebook that loads <code>setup.csx</code> can use them all.</p>\n");
        foreach (var group in types.GroupBy(type => type.Namespace!))
        {
            string anchor = Html.Anchor(group.Key, anchors);
            headings.Add(new Heading(2, anchor, group.Key, Html.Escape(group.Key)));
            body.Append($"<h2 id=\"{anchor}\">{Html.Escape(group.Key)}</h2>\n");
            foreach (var type in group)
                body.Append(Describe(type, texts, anchors));
        }

        body.Append("</section>\n");
        return new BookPage(File, "The library", "The library", "", body.ToString(), headings);
    }

    private static string Describe(Type type, Dictionary<string, string> texts, Dictionary<string, int> anchors)
    {
        string name = type.Name.Split('`')[0];
        var members = texts.Where(text => text.Key[0] is 'M' or 'P' or 'F' && IsMember(text.Key, type) && IsPublic(text.Key, type))
            .Select(text => (Name: NameOf(text.Key), Text: text.Value)).Where(member => member.Text != "")
            .DistinctBy(member => member.Name).ToList();
        string list = members.Count == 0 ? "" : "<ul>\n" + string.Concat(members.Select(member =>
            $"<li id=\"{Html.Anchor($"{name} {member.Name}", anchors)}\" data-entry=\"{Html.Escape($"{name}.{member.Name}")}\">"
                + $"<code>{Html.Escape(member.Name)}</code> {member.Text}</li>\n")) + "</ul>\n";
        string fold = list == "" ? ""
            : $"<details class=\"fold\"><summary>{Html.Count(members.Count, "member", "members")}</summary>\n{list}</details>\n";
        return $"<p id=\"{Html.Anchor(name, anchors)}\" data-entry=\"{Html.Escape(name)}\"><code>"
            + $"<strong>{Html.Escape(name)}</strong></code> "
            + $"<span hidden>{Html.Escape(SearchText.OfName(name))}</span>{texts[$"T:{type.FullName}"]}</p>\n{fold}";
    }

    private static bool IsMember(string key, Type type) => key.StartsWith($"{key[0]}:{type.FullName}.", StringComparison.Ordinal)
        && !NameOf(key).StartsWith('#')
        && key[(type.FullName!.Length + 3)..].Split('(')[0].Contains('.', StringComparison.Ordinal) is false;

    private static bool IsPublic(string key, Type type) =>
        type.GetMember(NameOf(key).Split('`')[0], BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Length > 0;

    private static string NameOf(string key)
    {
        string name = key.Split('(')[0];
        return name[(name.LastIndexOf('.') + 1)..].Split('`')[0];
    }

    /// <summary>The summaries as HTML, by the compiler's names.</summary>
    private static Dictionary<string, string> Texts()
    {
        using var reader = XmlReader.Create(DocumentationFile, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var members = XDocument.Load(reader).Descendants("member").Where(member => member.Attribute("name") is not null)
            .DistinctBy(member => member.Attribute("name")!.Value).ToDictionary(member => member.Attribute("name")!.Value);
        return members.ToDictionary(member => member.Key, member => Words(Described(member.Value).Element("summary")));

        XElement Described(XElement member) =>
            member.Element("inheritdoc")?.Attribute("cref") is { } source
            && members.TryGetValue(source.Value, out var other) ? other : member;
    }

    private static string Words(XElement? summary)
    {
        if (summary is null)
            return "";
        string text = string.Concat(summary.DescendantNodes().Select(node => node switch
        {
            XText { Parent.Name.LocalName: "c" or "code" } words => $"<code>{Html.Escape(words.Value)}</code>",
            XText words => Html.Escape(words.Value),
            XElement element when (element.Attribute("cref") ?? element.Attribute("name") ?? element.Attribute("langword")) is { } name
                && element.IsEmpty => $"<code>{Html.Escape(NameOf(name.Value))}</code>",
            _ => "",
        }));
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
