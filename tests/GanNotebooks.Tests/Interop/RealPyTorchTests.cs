using System.Diagnostics;
using GanNotebooks.Interop;
using GanNotebooks.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

/// <summary>
/// Runs only where the environment variable GAN_NOTEBOOKS_PYTHON names a Python with torch (a path, or a script that sets what such a
/// Python needs). Never install that torch where its libtorch could be loaded in place of ours.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RealPyTorchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    [Fact]
    public void FilesOfTheLibrary_InPyTorchAndBack_SameBitsAndSameNumbers()
    {
        string? python = Environment.GetEnvironmentVariable("GAN_NOTEBOOKS_PYTHON");
        Assert.SkipWhen(string.IsNullOrEmpty(python), "GAN_NOTEBOOKS_PYTHON names no Python with torch");
        var types = Patterns();
        PyTorchCheckpoint.Write(In("types.pth"), types);
        WriteWide();
        var net = nn.Sequential(("0", nn.Linear(3, 4)), ("1", nn.BatchNorm1d(4)), ("2", nn.Tanh()), ("3", nn.Linear(4, 1)))
            .save_py(In("module.pth"));
        WriteAdam();
        WriteDcgan(ScalarType.Float32, "float32");
        WriteDcgan(ScalarType.Float64, "float64");
        Run(python!);
        SampleTensors.AssertSame(types, PyTorchCheckpoint.Read(In("types-back.pth")));
        SampleTensors.AssertSame(net.state_dict(), PyTorchCheckpoint.Read(In("module-back.pth")));
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private string In(string name) => Path.Combine(folder.Path, name);

    // As make_fixtures.types() has it, in its order.
    private static OrderedDictionary<string, Tensor> Patterns()
    {
        string[] order = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64", "complex64",
            "complex128"];
        var tensors = new OrderedDictionary<string, Tensor>();
        foreach (string name in order)
        {
            var type = ElementType.All.Single(e => e.Torch == name);
            foreach (var (part, shape) in new (string, long[])[] { ("scalar", []), ("cube", [2, 3, 5]), ("none", [3, 0, 2]) })
            {
                var tensor = empty(shape, type.Type);
                for (int i = 0; i < tensor.numel() * type.Size; i++)
                    tensor.bytes[i] = (byte)((37 * i + 11) % (name == "bool" ? 2 : 256));
                tensors.Add($"{name}.{part}", tensor);
            }
        }
        return tensors;
    }

    private void WriteWide()
    {
        using var stream = File.Create(In("wide.pth"));
        var writer = new PyTorchArchiveWriter("wide", forceWide: true);
        var root = new PickleDictionary(isOrderedDict: true);
        root.TryAdd("a", writer.Describe(arange(35, float32).reshape(5, 7), "a"));
        writer.Write(stream, root, "archive");
    }

    private void WriteAdam()
    {
        var net = nn.Sequential(("0", nn.Linear(3, 4)), ("1", nn.Tanh()), ("2", nn.Linear(4, 1)));
        var adam = optim.Adam(net.parameters(), lr: 0.02, beta1: 0.6, beta2: 0.98, eps: 1e-7);
        for (int update = 1; update <= 3; update++)
        {
            if (update == 3)
            {
                net.save_py(In("adam-net.pth"));
                adam.save_py(In("adam.pth"));
            }
            adam.zero_grad();
            net.call(arange(15, float32).reshape(5, 3).sin()).square().mean().backward();
            adam.step();
        }
        net.save_py(In("adam-after.pth"));
    }

    private void WriteDcgan(ScalarType type, string name)
    {
        var (generator, discriminator) = (DcganPair.Generator(type), DcganPair.Discriminator(type));
        for (int i = 0; i < 3; i++)
            discriminator.call(generator.call(randn([8, DcganPair.Noise], type))); // moves the running means
        generator.eval();
        generator.save_py(In($"generator-{name}.pth"));
        discriminator.eval();
        discriminator.save_py(In($"discriminator-{name}.pth"));
        var noise = randn([4, DcganPair.Noise], type);
        var images = generator.call(noise);
        PyTorchCheckpoint.Write(In($"values-{name}.pth"),
            new Dictionary<string, Tensor> { ["noise"] = noise, ["images"] = images, ["logits"] = discriminator.call(images) });
    }

    private void Run(string python)
    {
        var start = new ProcessStartInfo(python, [Fixture.Named("check_files.py"), folder.Path])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.True(process.ExitCode == 0, output + error.Result);
    }
}
