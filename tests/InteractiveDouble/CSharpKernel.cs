namespace Microsoft.DotNet.Interactive;

/// <summary>The kernel, with the private field that holds its compiler settings.</summary>
public sealed class CSharpKernel
{
    private readonly ScriptOptions _scriptOptions = new(4);

    public int WarningLevel => _scriptOptions.WarningLevel;
}
