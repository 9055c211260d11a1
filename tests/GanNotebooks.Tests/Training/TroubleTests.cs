using System.Runtime.InteropServices;
using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Runtime;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>What a run says when the machine gives out, and what is left of it then.</summary>
public sealed class TroubleTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-trouble-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 7.79 GiB total capacity)\nException raised from malloc", true)]
    [InlineData("[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 40 bytes.",
        true)]
    [InlineData("mat1 and mat2 shapes cannot be multiplied", false)]
    public void Run_TorchOutOfMemory_SuggestsHalfTheBatch(string torchSays, bool memory)
    {
        var g = new MultilayerPerceptron(2, [4], [2]).UniformFanIn(new Generator(1));
        var failing = new Failing(torchSays);
        using var trainer = new Trainer(TinyRun.Config, g, failing, new RingData());
        failing.FailAfter(2 * 3);
        var error = Record.Exception(() => trainer.Run());
        if (!memory)
        {
            Assert.IsType<ExternalException>(error);
            return;
        }
        Assert.IsType<DeviceMemoryException>(error);
        Assert.StartsWith("Out of memory in step 3 with batches of 16. Try half of it: a batch of 8.", error.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(2, trainer.Step);
    }

    // What torch really throws, for four exabytes.
    [Fact]
    public void DeviceMemory_RealAllocationFailure_IsRecognised()
    {
        var error = Record.Exception(() => empty(1L << 60));
        Assert.True(error is not null && DeviceMemoryException.IsMeant(error), error?.Message);
    }

    [Fact]
    public void Run_DiskFull_SaysSoAndLeavesTheLastCheckpointWhole()
    {
        using var directory = new RunDirectory(folder) { CheckpointEvery = 10, TensorBoard = false };
        using var trainer = TinyRun.Create(TinyRun.Config);
        directory.Train(trainer, until: 10);
        var open = AtomicFile.Open;
        AtomicFile.Open = name => new FullDisk(open(name), room: 500);
        try
        {
            var error = Assert.ThrowsAny<IOException>(() => directory.Train(trainer));
            Assert.Contains("step-000000020.checkpoint was not written: No space left on device", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            AtomicFile.Open = open;
        }
        Assert.Empty(Directory.GetFiles(folder, "*.tmp", SearchOption.AllDirectories));
        Assert.EndsWith("step-000000010.checkpoint", Assert.Single(directory.Checkpoints), StringComparison.Ordinal);
        directory.Dispose();
        using var again = new RunDirectory(folder) { TensorBoard = false };
        using var resumed = TinyRun.Create(TinyRun.Config);
        using var whole = TinyRun.Create(TinyRun.Config).Run();
        Assert.Equal(whole.Weights(), again.Train(resumed).Weights());
    }

    private sealed class Failing : nn.Module<Tensor, Tensor>
    {
        private readonly MultilayerPerceptron inner = new(2, [4], [1]);
        private readonly string message;
        private int calls = int.MaxValue;

        public Failing(string message) : base(nameof(Failing))
        {
            this.message = message;
            RegisterComponents();
        }

        public void FailAfter(int count) => calls = count;

        [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2201", Justification = "It is what TorchSharp throws.")]
        public override Tensor forward(Tensor input) => calls-- > 0 ? inner.call(input) : throw new ExternalException(message);
    }

    private sealed class FullDisk(Stream inner, int room) : Stream
    {
        private int room = room;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            room -= buffer.Length;
            if (room < 0)
                throw new IOException("No space left on device");
            inner.Write(buffer);
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
