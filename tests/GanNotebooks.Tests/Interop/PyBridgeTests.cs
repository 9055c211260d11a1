using System.Collections;
using GanNotebooks.Tests.Data;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.PyBridge;
using static TorchSharp.torch;
using Ours = GanNotebooks.Interop;

namespace GanNotebooks.Tests.Interop;

/// <summary>The package TorchSharp.PyBridge loads what we write, and we load what it writes, bit for bit.</summary>
public sealed class PyBridgeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    private string FileName => Path.Combine(folder.Path, "file");

    [Fact]
    public void LoadPy_WhatPyBridgeSaved_SameBits()
    {
        var (theirs, ours) = (Net(), Net());
        theirs.save_py(FileName);
        Ours.PyTorchExtensions.load_py(ours, FileName);
        SampleTensors.AssertSame(theirs.state_dict(), ours.state_dict());
    }

    [Fact]
    public void SavePy_LoadedByPyBridge_SameBits()
    {
        var (theirs, ours) = (Net(), Net());
        Ours.PyTorchExtensions.save_py(ours, FileName);
        theirs.load_py(FileName);
        SampleTensors.AssertSame(ours.state_dict(), theirs.state_dict());
    }

    [Fact]
    public void LoadSafetensors_WhatPyBridgeSaved_SameBits()
    {
        var (theirs, ours) = (Net(), Net());
        theirs.save_safetensors(FileName);
        Ours.SafetensorsExtensions.load_safetensors(ours, FileName);
        SampleTensors.AssertSame(theirs.state_dict(), ours.state_dict());
    }

    [Fact]
    public void SaveSafetensors_LoadedByPyBridge_SameBits()
    {
        var (theirs, ours) = (Net(), Net());
        Ours.SafetensorsExtensions.save_safetensors(ours, FileName);
        theirs.load_safetensors(FileName);
        SampleTensors.AssertSame(ours.state_dict(), theirs.state_dict());
    }

    [Fact]
    public void AdamOfPyBridge_LoadedHere_ContinuesAlike()
    {
        var (net, adam) = Trained();
        adam.save_py(FileName);
        var (other, otherAdam) = Trained();
        Copy(net, other);
        Ours.PyTorchExtensions.load_py(otherAdam, FileName);
        AssertSameAfterAnUpdate(net, adam, other, otherAdam);
    }

    [Fact]
    public void AdamOfOurs_LoadedByPyBridge_ContinuesAlike()
    {
        var (net, adam) = Trained();
        Ours.PyTorchExtensions.save_py(adam, FileName);
        var (other, otherAdam) = Trained();
        Copy(net, other);
        otherAdam.load_py(FileName);
        AssertSameAfterAnUpdate(net, adam, other, otherAdam);
    }

    public static TheoryData<ScalarType> Types => SampleTensors.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryType_BothWaysAsPth_SameBits(ScalarType type)
    {
        var tensors =
            new Dictionary<string, Tensor> { ["scalar"] = SampleTensors.OfType(type), ["cube"] = SampleTensors.OfType(type, 2, 3, 5) };
        Ours.PyTorchCheckpoint.Write(FileName, tensors);
        SampleTensors.AssertSame(tensors,
            PyTorchUnpickler.UnpickleStateDict(FileName).Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (Tensor)e.Value!));
        string another = FileName + "2"; // it does not cut an existing file that was longer: what it leaves there is no zip
        PyTorchPickler.PickleStateDict(another, tensors);
        SampleTensors.AssertSame(tensors, Ours.PyTorchCheckpoint.Read(another));
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static Sequential Net() => nn.Sequential(
        ("0", nn.Conv2d(1, 4, 3)), ("1", nn.BatchNorm2d(4)), ("2", nn.ReLU()), ("3", nn.Flatten()), ("4", nn.Linear(16, 2)));

    private static (Sequential Net, Adam Adam) Trained()
    {
        var net = Net();
        var adam = optim.Adam(net.parameters(), lr: 0.01, beta1: 0.5);
        for (int i = 0; i < 3; i++)
            Update(net, adam, randn(6, 1, 4, 4));
        return (net, adam);
    }

    private static void Update(Sequential net, Adam adam, Tensor x)
    {
        adam.zero_grad();
        net.call(x).square().mean().backward();
        adam.step();
    }

    private static void Copy(Sequential from, Sequential to)
    {
        using var stream = new MemoryStream();
        Ours.SafetensorsExtensions.save_safetensors(from, stream, leaveOpen: true);
        stream.Position = 0;
        Ours.SafetensorsExtensions.load_safetensors(to, stream);
    }

    private static void AssertSameAfterAnUpdate(Sequential net, Adam adam, Sequential other, Adam otherAdam)
    {
        var x = randn(6, 1, 4, 4);
        Update(net, adam, x);
        Update(other, otherAdam, x);
        SampleTensors.AssertSame(net.state_dict(), other.state_dict());
    }
}
