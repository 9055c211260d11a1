using GanNotebooks.Interop;
using GanNotebooks.Tests.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

/// <summary>
/// Damaged files: each is refused by the one exception type, with the file's name and a reason, or read; within two seconds, within the
/// file's size and 64 MB of memory, and nothing runs.
/// </summary>
public sealed class InteropMutationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // GAN_NOTEBOOKS_MUTANTS=20000 tries more of them: 120,000 in all.
    private static int Many => int.TryParse(Environment.GetEnvironmentVariable("GAN_NOTEBOOKS_MUTANTS"), out int wanted) ? wanted : 4000;

    private string Marker => Path.Combine(folder.Path, "marker");

    [Theory]
    [InlineData(nameof(Mutator.Kind.Checkpoint), 500)]
    [InlineData(nameof(Mutator.Kind.CheckpointStructure), 500)]
    [InlineData(nameof(Mutator.Kind.Pickle), 500)]
    [InlineData(nameof(Mutator.Kind.PickleInstructions), 500)]
    [InlineData(nameof(Mutator.Kind.Safetensors), 500)]
    [InlineData(nameof(Mutator.Kind.SafetensorsHeader), 500)]
    public void Read_ThousandsOfMutants_AreRefusedOrRead(string kind, int rounds) => Run(kind, rounds, seed: 1);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(nameof(Mutator.Kind.Checkpoint))]
    [InlineData(nameof(Mutator.Kind.CheckpointStructure))]
    [InlineData(nameof(Mutator.Kind.Pickle))]
    [InlineData(nameof(Mutator.Kind.PickleInstructions))]
    [InlineData(nameof(Mutator.Kind.Safetensors))]
    [InlineData(nameof(Mutator.Kind.SafetensorsHeader))]
    public void Read_FourThousandMutantsOfAKind_AreRefusedOrRead(string kind) => Run(kind, Many, seed: 2); // 24,000 in all

    public void Dispose() => folder.Dispose();

    private void Run(string kindName, int rounds, int seed)
    {
        var kind = Enum.Parse<Mutator.Kind>(kindName);
        var mutator = new Mutator(seed, Marker);
        long tensors = LiveTensors.Settled();
        int refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            string file = Path.Combine(folder.Path, $"mutant-{seed}-{round}");
            File.WriteAllBytes(file, mutator.Next(kind));
            if (Limits.Read(file, kind is Mutator.Kind.Safetensors or Mutator.Kind.SafetensorsHeader
                ? Safetensors.Read
                : path => PyTorchCheckpoint.Read(path)) is not null)
            {
                refused++;
            }

            if (kind == Mutator.Kind.PickleInstructions)
                Limits.Read(file, path => PyTorchCheckpoint.ReadAdam(path).Moments.ToDictionary(m => m.Key, m => m.Value.Mean));
            File.Delete(file);
        }
        // Some damage is none: a bit of a number without checksum, a field that nobody reads.
        Assert.InRange(refused, rounds / 2, rounds - 1);
        Assert.Equal(tensors, Tensor.TotalCount);
        Assert.False(File.Exists(Marker));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {refused} of {rounds} refused");
    }
}
