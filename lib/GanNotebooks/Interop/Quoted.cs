namespace GanNotebooks.Interop;

/// <summary>Names from files in messages: a message stays readable whatever the file says.</summary>
internal static class Quoted
{
    private const int Longest = 120;

    /// <summary>The name between quotation marks; the middle of a very long one and what is no printable character are left out.</summary>
    public static string Name(string name)
    {
        string cut = name.Length <= Longest ? name : $"{name[..(Longest / 2)]}...{name[^(Longest / 4)..]}";
        return '"' + string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)) + '"';
    }
}
