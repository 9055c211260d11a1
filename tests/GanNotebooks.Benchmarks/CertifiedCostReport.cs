using GanNotebooks.Plotting;
using GanNotebooks.Tests.Theory;
using GanNotebooks.Theory;

namespace GanNotebooks.Benchmarks;

/// <summary>
/// How the cost of a certified C(G) grows as the requested width shrinks from 1e-6 to 1e-13: a table, and a figure as an HTML page.
/// </summary>
internal static class CertifiedCostReport
{
    public static void Write(string page)
    {
        (string Name, Density P, Density Q)[] pairs =
        [
            ("N(0, 1), N(1, 1)", new Gaussian(), new Gaussian(1)),
            ("N(0, 1), N(6, 1)", new Gaussian(), new Gaussian(6)),
            ("Laplace, Gaussian", new Laplace(), new Gaussian()),
            ("triangle, uniform", new Triangular(0, 1, 2), new Uniform(1, 3)),
            ("Student t (3), Gaussian", new StudentT(3), new Gaussian()),
        ];
        var plot = new Plot("Cost of a certified C(G)", "requested width", "milliseconds").LogX().LogY();
        Console.WriteLine("pair                      requested   reached  panels  evaluations       ms");
        foreach (var (name, p, q) in pairs)
        {
            var rows = CertifiedCost.Measure(p, q, repetitions: 20);
            foreach (var r in rows)
            {
                Console.WriteLine(
                    $"{name,-24} {r.RequestedWidth,10:G2} {r.ReachedWidth,9:G2} {r.Panels,7} {r.Evaluations,12} {1000 * r.Seconds,8:F2}");
            }

            plot.Line(name, rows.Select(r => r.RequestedWidth), rows.Select(r => 1000 * r.Seconds));
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(page))!);
        var figure = plot.ToFigure("Milliseconds grow slowly as the requested width falls by seven decades, for five pairs of densities.");
        File.WriteAllText(page, "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Cost of a certified C(G)</title><body>"
            + figure.ToHtml() + "</body></html>");
        Console.WriteLine($"figure: {page}");
    }
}
