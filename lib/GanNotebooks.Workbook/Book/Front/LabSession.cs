using System.Globalization;
using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Studies;

namespace GanNotebooks.Workbook.Book;

/// <summary>The recorded session of the lab on the front page: its numbers are a script beside the page.</summary>
internal static class LabSession
{
    /// <summary>The script with the numbers, in the folder of the assets.</summary>
    public const string DataFile = "session-data.js";

    private const string Command = "dotnet run -c Release --project lib/GanNotebooks.Workbook -- lab";

    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>null where the repository has no recorded session.</summary>
    public static RecordedSession? Load()
    {
        try
        {
            return RecordedSession.Load();
        }
        catch (DataFileException)
        {
            return null;
        }
    }

    /// <summary>The script's text: the numbers of the record and no other ones.</summary>
    public static string Script(RecordedSession session) => "window.bookSession = " + JsonSerializer.Serialize(new
    {
        unit = RecordedSession.PointUnit,
        box = session.Box,
        side = session.Side,
        data = session.Data,
        marks = Marks(session).Select(m => new { step = m.Step, text = m.Text }),
        frames = session.Trajectory.Select(frame => new
        {
            step = frame.Step,
            samples = frame.Samples,
            d = frame.Discriminator,
            dstar = frame.Best,
            jsd = frame.Divergence,
            criterion = frame.Criterion,
            floor = frame.Floor,
            captured = frame.Captured,
            highQuality = frame.HighQuality,
            shares = frame.Shares,
        }),
    }) + ";\n";

    /// <summary>The steps at which the session was changed, and to what.</summary>
    public static IReadOnlyList<(int Step, string Text)> Marks(RecordedSession session) =>
        [.. session.State.GetProperty("marks").EnumerateArray()
            .Select(m => (Step: m.GetProperty("step").GetInt32(), Name: m.GetProperty("name").GetString()!,
                Value: m.GetProperty("value").GetString()!))
            .GroupBy(m => m.Step)
            .Select(g => (g.Key, string.Join(", ", g.Select(m => $"{m.Name} = {m.Value}"))))];

    /// <summary>The place where the script draws.</summary>
    public static string Html(RecordedSession session)
    {
        int last = session.Trajectory.Count - 1;
        int[] every = [.. session.Trajectory.Zip(session.Trajectory.Skip(1), (a, b) => b.Step - a.Step)];
        string changes = string.Join("; ", Marks(session).Select(m =>
            $"at step {m.Step.ToString("N0", English)} <code>{Book.Html.Escape(m.Text)}</code>"));
        string end = session.Trajectory[last].Step.ToString("N0", English);
        return $"""
            <figure id="session" class="session" data-field="d">
            <div class="session-stage" tabindex="0" role="group"
            aria-label="Recorded session. Space plays and pauses, the arrow keys move one picture.">
            <p class="session-fields" role="group" aria-label="Field">
            <button type="button" value="d" aria-pressed="true">D</button>
            <button type="button" value="dstar" aria-pressed="false">D*</button></p>
            <div class="session-picture" data-field="d"><p><strong>D</strong>: what the discriminator says</p>
            <canvas role="img"></canvas></div>
            <div class="session-picture" data-field="dstar"><p><strong>D*</strong>: the best answer to these samples</p>
            <canvas role="img"></canvas></div>
            </div>
            <div class="session-controls"><button type="button" class="session-play">▶ Play</button>
            <div class="session-rail"><input type="range" min="0" max="{last}" value="0" aria-label="Picture of the session">
            <div class="session-marks"></div></div>
            <output></output></div>
            <p class="session-numbers"></p>
            <div class="session-charts">
            <div data-chart="divergence"><p>JSD of data and samples, in nats</p><canvas role="img"></canvas></div>
            <div data-chart="modes"><p>Share of the samples at each mode</p><canvas role="img"></canvas></div>
            </div>
            <figcaption><p><span class="key-data">●</span> data, <span class="key-made">◆</span> generated.
            Orange: data; blue: generated; the line: D = ½. {Book.Html.Escape(session.Text)}</p>
            <p>This is a recorded session of <a href="lab.html">the lab</a>: the preset <em>{Book.Html.Escape(session.Preset)}</em> of
            notebook 09, seed {session.Seed}, {end} steps, changed while it trained: {changes}.
            It has a picture every {every[0]} steps at first and every {every[^1]} at the end.
            To train it here, and to change it yourself:</p>
            <pre class="block"><code>{Command} --preset {Book.Html.Escape(session.Preset)}</code></pre></figcaption>
            </figure>

            """;
    }
}
