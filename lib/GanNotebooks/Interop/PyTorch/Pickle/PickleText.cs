using System.Globalization;

namespace GanNotebooks.Interop;

/// <summary>What a pickle built, in words for messages.</summary>
internal static class PickleText
{
    /// <summary>Says what is the matter with an object that nobody here can use; where there is a way out in Python, it is named.</summary>
    public const string Remedy = "In Python, save the state dict alone, torch.save(checkpoint[\"...\"], \"weights.pth\"), and read that";

    /// <summary>An object in a few words, such as <c>the number 28</c>.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        long number => string.Create(CultureInfo.InvariantCulture, $"the number {number}"),
        double number => string.Create(CultureInfo.InvariantCulture, $"the number {number:R}"),
        string text => $"the text {Quoted.Name(text)}",
        PickleTuple tuple => $"a tuple of {tuple.Items.Length}",
        List<object?> list => $"a list of {list.Count}",
        PickleDictionary dictionary => $"a dictionary of {dictionary.Count}",
        TensorReference => "a tensor",
        StorageReference => "a bare storage",
        PickleGlobal name => Quoted.Name($"{name.Module}.{name.Name}"),
        PickleOpaque opaque => opaque.What,
        _ => throw new InvalidOperationException($"a pickle of {value.GetType()}"),
    };

    /// <summary>The same, and for what only Python could make the assurance that nobody tried.</summary>
    public static string Refusal(object? value) =>
        Describe(value) + (value is PickleOpaque or PickleGlobal ? ", which no state dict needs; nothing was executed" : "");
}
