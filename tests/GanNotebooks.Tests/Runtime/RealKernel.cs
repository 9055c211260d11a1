using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace GanNotebooks.Tests.Runtime;

/// <summary>
/// .NET Interactive's own C# kernel in the test's process. A cell calls back into the test, so that the library under test is the loaded
/// one.
/// </summary>
internal sealed class RealKernel : IDisposable
{
    public RealKernel() => Composite = new CompositeKernel { CSharp };

    public CSharpKernel CSharp { get; } = new();

    public CompositeKernel Composite { get; }

    /// <summary>Runs a cell that does what <paramref name="act"/> does.</summary>
    /// <returns>The cell's events, in order.</returns>
    public Task<IReadOnlyList<KernelEvent>> RunAsync(Action act) => RunAsync("act", act, "act();");

    /// <summary>Runs a cell that ends with the value of <paramref name="make"/>.</summary>
    public Task<IReadOnlyList<KernelEvent>> ShowAsync(Func<object> make) => RunAsync("make", make, "make()");

    public void Dispose() => Composite.Dispose();

    private async Task<IReadOnlyList<KernelEvent>> RunAsync(string name, object value, string code)
    {
        await CSharp.SetValueAsync(name, value, value.GetType());
        var result = await Composite.SendAsync(new SubmitCode(code), TestContext.Current.CancellationToken);
        if (result.Events.OfType<CommandFailed>().FirstOrDefault() is { } failed)
            throw new InvalidOperationException($"The cell failed: {failed.Message}", failed.Exception);
        return [.. result.Events];
    }
}
