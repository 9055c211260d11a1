using GanNotebooks.Interop;
using GanNotebooks.Tests.Data;
using TorchSharp;
using TorchSharp.PyBridge;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

/// <summary>
/// A file that opens both namespaces compiles without a warning, and the declared type of the variable decides whose <c>load_py</c> is
/// called. The docs say so. PyBridge's own is recognised by what it does to a file of ours: it switches requires_grad off.
/// </summary>
public sealed class PyBridgeBesideOursTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    private string FileName => Path.Combine(folder.Path, "file");

    [Fact]
    public void LoadPy_BothNamespacesOpenVariableOfItsOwnType_IsOurs()
    {
        var net = nn.Sequential(("0", nn.Linear(2, 3)));
        PyTorchExtensions.save_py(net, FileName);
        net.load_py(FileName);
        Assert.All(net.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void LoadPy_BothNamespacesOpenVariableOfTypeModule_IsPyBridges()
    {
        nn.Module net = nn.Sequential(("0", nn.Linear(2, 3)));
        PyTorchExtensions.save_py(net, FileName);
        net.load_py(FileName);
        Assert.All(net.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }
}
