namespace Microsoft.DotNet.Interactive;

/// <summary>One place in a cell's output.</summary>
public sealed class DisplayedValue(object value, IReadOnlyList<string> mimeTypes)
{
    public object Value { get; private set; } = value;

    public IReadOnlyList<string> MimeTypes { get; } = mimeTypes;

    public void Update(object updatedValue) => Value = updatedValue;
}
