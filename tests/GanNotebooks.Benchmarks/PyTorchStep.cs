using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace GanNotebooks.Benchmarks;

/// <summary>Runs <c>pytorch_step.py</c> with a Python that has torch: the same steps in eager PyTorch, on this machine.</summary>
internal static class PyTorchStep
{
    /// <summary>Median microseconds of a step for each case, "mlp:128:64".</summary>
    /// <param name="python">Path of the interpreter, or of a script that starts one.</param>
    /// <param name="rounds">Rounds for each case.</param>
    /// <param name="threads">Threads of torch.</param>
    /// <param name="cases">The cases.</param>
    /// <returns>The version of torch, and the times by case.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message is Python's own.</exception>
    public static (string Version, IReadOnlyDictionary<string, double> Times) Measure(string python, int rounds, int threads, IEnumerable<string> cases)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "pytorch_step.py");
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { script, Text(rounds), Text(threads) }.Concat(cases))
            start.ArgumentList.Add(argument);
        start.Environment["OMP_NUM_THREADS"] = Text(threads);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{python} {script} failed: {errors.Result.Trim()}");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        return (lines[0].GetProperty("torch").GetString()!, lines.ToDictionary(l => l.GetProperty("case").GetString()!, l => l.GetProperty("microseconds").GetDouble()));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
