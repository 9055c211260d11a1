using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace GanNotebooks.Benchmarks;

/// <summary>Runs <c>pytorch_step.py</c> with a Python that has torch: the same steps in eager PyTorch, on this machine.</summary>
internal static class PyTorchStep
{
    /// <summary>Median microseconds of a step for each case, "mlp:128:64".</summary>
    /// <param name="python">Path of the interpreter, or of a script that starts one.</param>
    /// <param name="place">Device, rounds of a case and their limit, as for our own.</param>
    /// <param name="threads">Threads of torch.</param>
    /// <param name="tensorFloat32">Whether products on a GPU may round their inputs.</param>
    /// <param name="cases">The cases.</param>
    /// <returns>The version of torch, and the times by case.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message is Python's own.</exception>
    public static (string Version, IReadOnlyDictionary<string, double> Times) Measure(string python, BenchmarkPlace place, int threads,
        bool tensorFloat32, IEnumerable<string> cases)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "pytorch_step.py");
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] options = ["--device", place.Device.type.ToString().ToLowerInvariant(), "--seconds",
            Text((int)Math.Ceiling(place.Limit.TotalSeconds)), .. tensorFloat32 ? new[] { "--tf32" } : []];
        foreach (string argument in new[] { script, Text(place.Rounds), Text(threads) }.Concat(options).Concat(cases))
            start.ArgumentList.Add(argument);
        start.Environment["OMP_NUM_THREADS"] = Text(threads);
        using var process = Start(start);
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{python} {script} failed: {errors.Result.Trim()}");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        return (lines[0].GetProperty("torch").GetString()!, lines.ToDictionary(l => l.GetProperty("case").GetString()!,
            l => l.GetProperty("microseconds").GetDouble()));
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new InvalidOperationException($"{start.FileName} does not start: {error.Message}", error);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
