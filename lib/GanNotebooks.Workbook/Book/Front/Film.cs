using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Studies;

namespace GanNotebooks.Workbook.Book;

/// <summary>The film of the front page: a recorded run, as a script beside the page.</summary>
internal static class Film
{
    /// <summary>The script with the numbers, in the folder of the assets.</summary>
    public const string DataFile = "film-data.js";

    /// <summary>null where the repository has no recorded film.</summary>
    public static RecordedFilm? Load()
    {
        try
        {
            return RecordedFilm.Load();
        }
        catch (DataFileException)
        {
            return null;
        }
    }

    /// <summary>The script's text.</summary>
    public static string Script(RecordedFilm film) => "window.bookFilm = " + JsonSerializer.Serialize(new
    {
        halfWidth = film.HalfWidth,
        side = film.Side,
        data = film.Data,
        frames = film.Trajectory.Select(frame =>
            new { step = frame.Step, points = frame.Points, d = frame.Discriminator, fake = frame.FakeProbability }),
    }) + ";\n";

    /// <summary>The place where the script draws.</summary>
    /// <param name="frames">Number of frames.</param>
    public static string Html(int frames) => $"""
        <figure id="film" class="film">
        <canvas width="400" height="400" role="img" aria-label="A recorded run. Small dots: data on a ring of eight modes. Larger dots: generated points, which start in the middle and move to all eight modes. Blue: the discriminator says real; orange: it says generated."></canvas>
        <div class="film-controls"><button type="button">▶ Play</button><input type="range" min="0" max="{frames - 1}" value="0" aria-label="Step of the run"><output></output></div>
        <figcaption>A recorded GAN learns a ring of eight modes (3,000 steps, with the R1 penalty of notebook 06).
        <span class="key-data">●</span> data <span class="key-made">●</span> generated points; blue: the discriminator says <em>real</em>, orange: <em>generated</em>.</figcaption>
        </figure>

        """;
}
