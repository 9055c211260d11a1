using GanNotebooks.Interop;
using GanNotebooks.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

/// <summary>Groups of an optimiser as training scripts leave them, put together by hand.</summary>
public sealed class AdamSettingsTests : IDisposable
{
    private static readonly byte[] tensorOfOne = PickleBytes.Tensor(PickleBytes.Storage(), 0, [], []); // 1
    private static readonly byte[] tensorOfFour = PickleBytes.Tensor(PickleBytes.Storage(), 0, [4], [1]);
    private static readonly byte[] numpyScalar =
        [.. PickleBytes.Global("numpy.core.multiarray", "scalar"), .. PickleBytes.Tuple(PickleBytes.Text("f8")), (byte)'R'];

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    private string FileName => Path.Combine(folder.Path, "a.pth");

    private static byte[] Zero => PickleBytes.Number(0);

    private static byte[] One => PickleBytes.Number(1);

    private static byte[] True => [0x88];

    private static byte[] False => [0x89];

    private static byte[] None => [(byte)'N'];

    [Fact]
    public void ReadAdam_WholeNumbersListsTensors_AreTaken()
    {
        Assert.Equal((0.0, 0.5), Betas(PickleBytes.Tuple(Zero, PickleBytes.Real(0.5))));
        Assert.Equal((0.5, 0.0), Betas(PickleBytes.Tuple(PickleBytes.Real(0.5), [(byte)'K', 0])));
        Assert.Equal((0.0, 0.99), Betas(PickleBytes.List(PickleBytes.Real(0), PickleBytes.Real(0.99))));
        Assert.Equal((0.0, 0.99), Betas(PickleBytes.List(Zero, PickleBytes.Real(0.99))));
        Assert.Equal(1, Read(("lr", One)).LearningRate);
        Assert.Equal(1, Read(("eps", One)).Epsilon);
        Assert.Equal(1, Read(("weight_decay", One)).WeightDecay);
        Assert.Equal(1, Read(("lr", tensorOfOne)).LearningRate);
        Assert.Equal(2, Read(("lr", PickleBytes.Tensor(PickleBytes.Storage(), 1, [1], [1]))).LearningRate);
        Assert.Equal(1, Read(("eps", tensorOfOne)).Epsilon);
        Assert.Equal(1, Read(("step", tensorOfOne)).Moments["0"].Updates);
        Assert.Equal(7, Read(("step", PickleBytes.Number(7))).Moments["0"].Updates);
        Assert.Equal(7, Read(("step", PickleBytes.Real(7))).Moments["0"].Updates);
    }

    [Fact]
    public void ReadAdam_GroupOfNothingButItsNumbers_IsTaken() => Assert.Equal(0.001, Read(("amsgrad", null), ("weight_decay", null),
        ("maximize", null)).LearningRate);

    public static TheoryData<string> Settings => ["lr", "eps", "weight_decay", "the first beta", "the second beta", "step"];

    [Theory]
    [MemberData(nameof(Settings))]
    public void ReadAdam_NegativeInfiniteOrNoNumber_IsRefusedByName(string setting)
    {
        foreach (double wrong in new[] { -1, -1e-300, double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            AssertRefused(setting, PickleBytes.Real(wrong));
        foreach (byte[] wrong in new[] { PickleBytes.Number(-3), True, PickleBytes.Text("1"), tensorOfFour, numpyScalar,
            PickleBytes.Tuple(One) })
        {
            AssertRefused(setting, wrong);
        }

        if (setting.EndsWith("beta", StringComparison.Ordinal))
            AssertRefused(setting, One);
        if (setting == "step")
            AssertRefused(setting, PickleBytes.Real(2.5));
    }

    [Theory]
    [InlineData("maximize", "maximize: True")]
    [InlineData("amsgrad", "AMSGrad")]
    [InlineData("decoupled_weight_decay", "AdamW")]
    [InlineData("momentum_decay", "NAdam")]
    [InlineData("mu_product", "NAdam")]
    [InlineData("exp_inf", "Adamax")]
    [InlineData("no amsgrad", "RAdam")]
    public void ReadAdam_RelativesOfAdam_AreRefusedByName(string property, string name)
    {
        (string, byte[]?)[] change = property switch
        {
            "no amsgrad" => [("amsgrad", null)],
            "exp_inf" => [("exp_inf", tensorOfFour), ("exp_avg_sq", null)],
            "momentum_decay" => [("momentum_decay", PickleBytes.Real(0.004))],
            "mu_product" => [("mu_product", tensorOfOne)],
            _ => [(property, True)],
        };
        Write(change);
        Assert.Contains(name, Assert.Throws<InteropException>(() => PyTorchCheckpoint.ReadAdam(FileName)).Reason, StringComparison.Ordinal);
        var net = nn.Linear(2, 2, hasBias: false);
        var adam = optim.Adam(net.parameters(), lr: 0.3);
        Assert.Throws<InteropException>(() => adam.load_py(FileName));
        Assert.Equal(0.3, adam.ParamGroups.Single().LearningRate);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private (double, double) Betas(byte[] betas) => Read(("betas", betas)) is var state ? (state.Beta1, state.Beta2) : default;

    private AdamState Read(params (string Key, byte[]? Value)[] change)
    {
        Write(change);
        return PyTorchCheckpoint.ReadAdam(FileName);
    }

    private void AssertRefused(string setting, byte[] value)
    {
        Write(setting switch
        {
            "the first beta" => ("betas", PickleBytes.Tuple(value, PickleBytes.Real(0.5))),
            "the second beta" => ("betas", PickleBytes.List(PickleBytes.Real(0.5), value)),
            _ => (setting, value),
        });
        Assert.Contains(setting, Assert.Throws<InteropException>(() => PyTorchCheckpoint.ReadAdam(FileName)).Reason,
            StringComparison.Ordinal);
    }

    // What torch.optim.Adam writes, with some items replaced, added, or (null) left out.
    private void Write(params (string Key, byte[]? Value)[] change)
    {
        byte[] Value(string key, byte[] standard) => change.FirstOrDefault(c => c.Key == key).Value ?? standard;
        bool Kept((string Key, byte[]) item) => change.All(c => c.Key != item.Key || c.Value is not null);
        (string, byte[])[] moments =
        [
            ("step", Value("step", tensorOfOne)), ("exp_avg", tensorOfFour), ("exp_avg_sq", tensorOfFour),
            .. change.Where(c => c.Key is "mu_product" or "exp_inf").Select(c => (c.Key, c.Value!)),
        ];
        (string, byte[])[] group =
        [
            ("lr", Value("lr", PickleBytes.Real(0.001))), ("betas", Value("betas", PickleBytes.Tuple(PickleBytes.Real(0.9),
                PickleBytes.Real(0.999)))), ("eps", Value("eps", PickleBytes.Real(1e-8))),
            ("weight_decay", Value("weight_decay", Zero)), ("amsgrad", Value("amsgrad", False)), ("maximize", Value("maximize", None)),
            ("params", PickleBytes.List(Zero)),
            .. change.Where(c => c.Key is "decoupled_weight_decay" or "momentum_decay").Select(c => (c.Key, c.Value!)),
        ];
        byte[] state = PickleBytes.Plain(("state", [(byte)'}', .. Zero, .. PickleBytes.Plain([.. moments.Where(Kept)]), (byte)'s']),
            ("param_groups", PickleBytes.List(PickleBytes.Plain([.. group.Where(Kept)]))));
        File.WriteAllBytes(FileName, PickleBytes.Checkpoint([.. PickleBytes.Protocol2, .. state, (byte)'.']));
    }
}
