namespace GanNotebooks.Interop;

/// <summary>A name that a pickle imports. Only those of <see cref="PickleGlobals"/> ever become one.</summary>
/// <param name="Module">The Python module.</param>
/// <param name="Name">The name in it.</param>
internal sealed record PickleGlobal(string Module, string Name);
