using System.Buffers.Binary;
using GanNotebooks.Live;
using GanNotebooks.Metrics;
using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Live;

public sealed class SessionStudyTests
{
    // Bytes of D may differ by one on another processor, where rounding differs; the numbers of the first steps hardly do.
    private const int Level = 1, Hundredth = 1;
    private const double Rounded = 2e-3;

    private static readonly RecordedSession Recorded = RecordedSession.Load();

    [Fact]
    public void Record_FirstFrames_AreThoseOfTheSameRunInTheLibrary()
    {
        var start = LivePresets.Named(Recorded.Preset).Start;
        using var trainer = start.Create();
        using var plane = new PlaneCentres(start.Target, Recorded.Side);
        foreach (var frame in Recorded.Trajectory.Take(3))
        {
            using var scope = NewDisposeScope();
            if (trainer.Step < frame.Step)
                trainer.Run(until: frame.Step);
            float[] samples = trainer.Sample(600).data<float>().ToArray(),
                d = trainer.Discriminator.call(plane.Centres).sigmoid().data<float>().ToArray();
            var coverage = ModeCoverage.Of(trainer.Sample(2000, index: 2), start.Target.Modes!);

            Assert.All(Points(frame.Samples).Zip(samples), p =>
                Assert.InRange(p.First - p.Second / RecordedSession.PointUnit, -Hundredth, Hundredth));
            Assert.All(frame.Discriminator.Zip(d), p => Assert.InRange(p.First - 255 * p.Second, -Level, Level));
            Assert.Equal(coverage.HighQuality.Value, frame.HighQuality, Rounded);
            Assert.All(coverage.Shares.Zip(frame.Shares), p => Assert.Equal(p.First, p.Second, Rounded));
        }
    }

    [Fact]
    public void Record_ComputedAgainForItsFirstFrames_IsTheSame()
    {
        var again = new SessionStudy("") { Steps = Recorded.Trajectory[2].Step }.Record();

        Assert.Equal(3, again.Trajectory.Count);
        Assert.Equal(Recorded.Data, again.Data);
        foreach (var (recorded, computed) in Recorded.Trajectory.Zip(again.Trajectory))
        {
            Assert.Equal(recorded.Step, computed.Step);
            Assert.All(recorded.Best.Zip(computed.Best), p => Assert.InRange(p.First - p.Second, -3, 3)); // a sample in the next cell
            Assert.Equal(recorded.Divergence, computed.Divergence, Rounded);
            Assert.Equal(recorded.Criterion, computed.Criterion, 2 * Rounded);
            Assert.Equal(recorded.Floor, computed.Floor, 1e-4);
            Assert.Equal(recorded.Captured, computed.Captured);
        }
    }

    [Fact]
    public void Record_Criterion_IsTwiceTheDivergenceMinusLog4() =>
        Assert.All(Recorded.Trajectory, f => Assert.Equal(2 * f.Divergence - Math.Log(4), f.Criterion, 2e-4));

    [Fact]
    public void Record_State_OpensInTheLab()
    {
        var state = LiveState.Read(Recorded.State);

        using var run = LiveRun.Of(state);
        Assert.NotEmpty(run.Marks);
        Assert.Equal(Recorded.Trajectory[^1].Step, state.Step);
        Assert.Equal(LivePresets.Named(Recorded.Preset).Start.All, run.Start.All);
    }

    [Fact]
    public void Record_WhatItShows_TheCloudRotatesUntilBothChangesAreMade()
    {
        int[] changed = [.. LiveState.Read(Recorded.State).Marks.Select(m => m.Step).Distinct()];
        var last = Recorded.Trajectory[^1];

        Assert.Equal(3, changed.Length);
        // After some hundred steps the cloud has left the middle.
        Assert.All(Recorded.Trajectory.Where(f => f.Step >= 200 && f.Step <= changed[1]), f => Assert.InRange(f.Captured, 0, 2));
        Assert.Equal(8, last.Captured);
        Assert.True(last.Divergence < 0.2);
        Assert.True(Recorded.Trajectory.Where(f => f.Step <= changed[1]).All(f => f.Divergence > 0.5));
        Assert.All(Recorded.Trajectory.Zip(Recorded.Trajectory.Skip(1)).Where(p => p.Second.Step <= changed[1]),
            p => Assert.InRange(p.Second.Step - p.First.Step, 1, 12)); // ten pictures of each turn
    }

    // What the caption says about causes: the rate of D brings the modes back, R3 alone does not, and falling rates alone do not.
    [Fact]
    public void Record_Controls_SayWhatTheCaptionSays()
    {
        Assert.Equal(12, Recorded.Controls.Count);
        Assert.Equal(SessionStudy.TextOf(Recorded.Controls), Recorded.Text);
        Assert.All(Recorded.Controls.Where(c => c.HasPenalty && c.HasEqualRates), c => Assert.Equal(8, c.Captured));
        Assert.True(Recorded.Controls.Count(c => !c.HasPenalty && c is { HasEqualRates: true, Captured: 8 }) >= 2);
        Assert.All(Recorded.Controls.Where(c => !c.HasEqualRates), c => Assert.InRange(c.Captured, 0, 1));
        var own = Recorded.Controls.Single(c => c is { HasPenalty: true, HasEqualRates: true } && c.Seed == Recorded.Seed);
        var last = Recorded.Trajectory[^1];
        Assert.Equal((last.Captured, last.HighQuality, last.Divergence), (own.Captured, own.HighQuality, own.Divergence));
    }

    private static IEnumerable<double> Points(byte[] bytes) =>
        Enumerable.Range(0, bytes.Length / 2).Select(i => (double)BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(2 * i)));

    private sealed class PlaneCentres(LiveTarget target, int side) : IDisposable
    {
        public Tensor Centres { get; } = new Plane(target, side).Centres();

        public void Dispose() => Centres.Dispose();
    }
}
