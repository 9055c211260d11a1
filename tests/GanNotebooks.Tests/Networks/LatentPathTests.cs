using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class LatentPathTests
{
    private static readonly Tensor A = tensor(new float[] { 3, 0, 0 }), B = tensor(new float[] { 0, 3, 0 });

    [Fact]
    public void Linear_RightAngle_IsShortestInTheMiddle() =>
        Assert.Equal(3 / Math.Sqrt(2), LatentPath.Linear(A, B, 3)[1].norm().item<float>(), 1e-5);

    [Fact]
    public void Spherical_EqualLengths_KeepsTheLengthAndEqualAngles()
    {
        using var path = LatentPath.Spherical(A, B, 7);
        Assert.All(path.norm(1).data<float>().ToArray(), length => Assert.Equal(3, length, 1e-5f));
        for (int i = 0; i < 6; i++)
            // six equal parts of a right angle; the arc cosine doubles float32's error
            Assert.Equal(Math.PI / 12, Math.Acos(path[i].dot(path[i + 1]).item<float>() / 9), 1e-3);
    }

    [Fact]
    public void Paths_Ends_AreTheVectors()
    {
        var (a, b) = (randn([64], generator: new Generator(1)), randn([64], generator: new Generator(2)));
        foreach (var path in new[] { LatentPath.Linear(a, b, 5), LatentPath.Spherical(a, b, 5) })
        {
            Assert.Equal(0, (path[0] - a).abs().max().item<float>(), 1e-5f);
            Assert.Equal(0, (path[4] - b).abs().max().item<float>(), 1e-5f);
        }
    }

    [Fact]
    public void Spherical_OppositeOrZero_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => LatentPath.Spherical(A, -A, 3));
        Assert.Throws<ArgumentException>(() => LatentPath.Spherical(A, zeros(3), 3));
        Assert.Throws<ArgumentException>(() => LatentPath.Linear(A, zeros(4), 3));
    }

    [Fact]
    public void Spherical_SameVector_StaysThere() => Assert.Equal(0, (LatentPath.Spherical(A, A, 4) - A).abs().max().item<float>(), 1e-6f);
}
