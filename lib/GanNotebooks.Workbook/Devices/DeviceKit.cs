using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Devices;

/// <summary>
/// The GPU kit: checks on one machine that the library trains on CUDA. Each part has its own process and its own time limit.
/// This class does not use torch, so a crash ends one part only, and the record reports it.
/// </summary>
internal sealed class DeviceKit(KitOptions options, TextWriter output)
{
    // The limits sum to 470 s on a GPU; the kit promises eight minutes. Two CPU cores need longer.
    private const double OnCpu = 5;
    private const int MostOfACase = 10; // seconds of a network of one size

    private static string Workbook =>
        Path.ChangeExtension(typeof(DeviceKit).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);

    private string Benchmarks => Path.Combine(options.Repository.Root, "tests", "GanNotebooks.Benchmarks", "bin", "Release",
        "GanNotebooks.Benchmarks" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    private string? python = options.Python;

    /// <returns>An exit code: 0 only if every part passed.</returns>
    public async Task<int> RunAsync(TimeProvider time, CancellationToken cancel)
    {
        Directory.CreateDirectory(options.Folder);
        string version = typeof(DeviceKit).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown";
        var record = new KitRecord(options, time.GetUtcNow(), version);
        var whole = Stopwatch.StartNew();
        var saved = TimeSpan.Zero;
        KitPart[] parts = [.. Parts().Where(p => options.Only.Count == 0 || options.Only.Contains(p.Name.Split(' ')[0]))];
        foreach (var (i, part) in parts.Index())
        {
            output.WriteLine($"{part.Name} ...");
            var limit = part.Share * (options.Cuda ? 1 : OnCpu) + saved; // plus the time that earlier parts saved
            var watch = Stopwatch.StartNew();
            KitOutcome outcome;
            try
            {
                outcome = await part.Run(limit, cancel).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or InvalidOperationException or JsonException or UnauthorizedAccessException)
            {
                outcome = new KitOutcome("failed", null, $"{error.GetType().Name}: {error.Message.Split('\n')[0]}");
            }
            saved = TimeSpan.FromTicks(Math.Max(0, (limit - watch.Elapsed).Ticks));
            record.Add(part.Name, outcome, watch.Elapsed.TotalSeconds, limit, whole.Elapsed.TotalSeconds,
                finished: i == parts.Length - 1 && !cancel.IsCancellationRequested);
            output.WriteLine($"{part.Name}: {outcome.Status}, {watch.Elapsed.TotalSeconds:F0} s {outcome.Said}");
            if (cancel.IsCancellationRequested)
                return ExitCode.Stopped;
        }
        output.WriteLine(
            $"{(record.Passed ? "All parts passed" : "Not all parts passed")} in {whole.Elapsed.TotalSeconds:F0} "
                + $"s{(options.Cuda ? "" : " (a rehearsal on the CPU)")}: {options.In("record.md")}");
        return record.Passed ? ExitCode.Success : ExitCode.Failed;
    }

    private IEnumerable<KitPart> Parts()
    {
        yield return new KitPart("machine", TimeSpan.FromSeconds(20), MachineAsync);
        yield return new KitPart("natives", TimeSpan.FromSeconds(60), async (limit, cancel) =>
        {
            JsonNode? found = null;
            var process = await ChildAsync("natives", 0, limit, null, line => found = Json(line) ?? found, cancel).ConfigureAwait(false);
            return KitOutcome.Of(process, found);
        });
        yield return new KitPart("tests", TimeSpan.FromSeconds(125), TestsAsync);
        yield return new KitPart("notebook", TimeSpan.FromSeconds(120), NotebookAsync);
        yield return new KitPart("times", TimeSpan.FromSeconds(100), (limit, cancel) => TimesAsync("times", [], limit, cancel));
        if (options.Cuda)
        {
            yield return new KitPart("times with TensorFloat-32", TimeSpan.FromSeconds(45),
                (limit, cancel) => TimesAsync("times-tf32", ["--tf32"], limit, cancel));
        }
    }

    private async Task<KitOutcome> MachineAsync(TimeSpan limit, CancellationToken cancel)
    {
        async Task<string?> Ask(string program, params string[] arguments)
        {
            // one program may hang
            var process = await BoundedProcess.RunAsync(program, arguments, new Dictionary<string, string>(), limit / 3, cancel)
                .ConfigureAwait(false);
            return process.Succeeded ? string.Join("; ", process.LastLines) : null;
        }
        string? torch = null;
        foreach (string candidate in python is { } given ? new[] { given } : ["python3", "python"])
        {
            torch = await Ask(candidate, "-c",
                "import importlib.metadata, platform; print(platform.python_version(), 'with torch', importlib.metadata.version('torch'))")
                .ConfigureAwait(false);
            python = torch is null ? null : candidate;
            if (torch is not null)
                break;
        }
        return new KitOutcome("passed", new JsonObject
        {
            ["gpu"] = await Ask("nvidia-smi", "--query-gpu=name,driver_version,memory.total,compute_cap", "--format=csv,noheader")
                .ConfigureAwait(false) ?? "none (nvidia-smi does not answer)",
            ["processor"] = Processor(),
            ["processors"] = Environment.ProcessorCount,
            ["memoryGB"] = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
            ["system"] = System.Runtime.InteropServices.RuntimeInformation.OSDescription,
            [".NET"] = Environment.Version.ToString(),
            ["Python"] = torch ?? "PyTorch: not found",
        });
    }

    // A test that ends its process has failed. The next process starts with the test after it.
    private async Task<KitOutcome> TestsAsync(TimeSpan limit, CancellationToken cancel)
    {
        var results = new List<DeviceTestResult>();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var talk = new SuiteTalk();
            int before = results.Count;
            var process = await ChildAsync("tests", before, limit - watch.Elapsed, limit / 2, line => talk.Hear(Json(line)), cancel)
                .ConfigureAwait(false);
            results.AddRange(talk.Results);
            if (talk.Running is var (group, name))
                results.Add(new DeviceTestResult(group, name, false, null, null, Math.Round(process.Seconds, 1), Ending(process)));
            bool over = watch.Elapsed >= limit || cancel.IsCancellationRequested;
            if (!talk.Done && !over && results.Count > before)
                continue;
            var found = results.Count > 0 ? JsonSerializer.SerializeToNode(results, KitChild.Wire) : null;
            string[] failed = [.. results.Where(r => !r.Passed).Select(r => $"{r.Group}: {r.Name}")];
            return !talk.Done ? KitOutcome.Of(process, found) with
            {
                Status = over ? "cut" : "crashed",
                Said = $"{results.Count} tests were made; {Ending(process)}"
            }
                : failed.Length == 0 ? new KitOutcome("passed", found)
                : new KitOutcome("failed", found, $"{failed.Length} of {results.Count} tests failed: {string.Join(", ", failed)}");
        }
    }

    private static string Ending(BoundedProcess process) =>
        process.Ended is { } code
            ? $"the process ended with code {code} {process.LastLines.LastOrDefault(l => !l.StartsWith('{'))}".TrimEnd()
            : "its time was up";

    private async Task<KitOutcome> NotebookAsync(TimeSpan limit, CancellationToken cancel)
    {
        string folder = options.In("notebook"), report = Path.Combine(folder, "report.json");
        if (File.Exists(report))
            File.Delete(report);
        string[] arguments = ["run", "10", "--profile", "full", "--device", options.Device, "--out", folder, "--timeout",
            Text(Math.Max(1, limit.TotalSeconds - 3))];
        var steps = new Dictionary<string, string> { ["GAN_NOTEBOOKS_MAX_STEPS"] = Text(options.MaxSteps) };
        var process =
            await BoundedProcess.RunAsync(Workbook, arguments, Surroundings(steps), limit, cancel, log: options.In("notebook.log"))
                .ConfigureAwait(false);
        var notebook = File.Exists(report) ? JsonNode.Parse(File.ReadAllText(report))?["notebooks"]?.AsArray().FirstOrDefault() : null;
        var outcome = KitOutcome.Of(process, notebook is null ? null : Summary(notebook));
        return notebook?["status"]?.ToString() is "timedOut" or "TimedOut"
            ? outcome with { Status = "cut", Said = "its time was up" }
            : outcome;
    }

    private static JsonObject Summary(JsonNode notebook)
    {
        JsonNode?[] checks = [.. notebook["checks"]?.AsArray() ?? []], cells = [.. notebook["cells"]?.AsArray() ?? []];
        return new JsonObject
        {
            ["status"] = notebook["status"]?.DeepClone(),
            ["opened"] = notebook["lab"]?.DeepClone(),
            ["cells"] = cells.Length,
            ["checksPassed"] = checks.Count(c => c?["passed"]?.GetValue<bool>() == true),
            ["checksFailed"] =
                new JsonArray([.. checks.Where(c => c?["passed"]?.GetValue<bool>() == false)
                    .Select(c => (JsonNode)$"{c!["claim"]}: expected {c["expected"]}, got {c["got"]}")]),
            ["failure"] = notebook["failure"]?["message"]?.DeepClone(),
            ["seconds"] = notebook["seconds"]?.DeepClone(),
        };
    }

    private async Task<KitOutcome> TimesAsync(string name, string[] more, TimeSpan limit, CancellationToken cancel)
    {
        string json = options.In(name + ".json");
        if (File.Exists(json))
            File.Delete(json);
        int threads = options.Cuda ? 1 : Math.Min(2, Environment.ProcessorCount);
        string[] arguments =
        [
            "sizes", "--device", options.Device, "--threads", Text(threads), "--seconds",
            Text(Math.Clamp(Math.Floor(limit.TotalSeconds / 25), 1, MostOfACase)), "--json", json, .. more,
            .. python is { } found ? new[] { "--python", found } : [],
        ];
        var process = await BoundedProcess.RunAsync(Benchmarks, arguments, Surroundings(), limit, cancel, log: options.In(name + ".log"))
            .ConfigureAwait(false);
        var times = File.Exists(json) ? JsonNode.Parse(File.ReadAllText(json)) : null;
        var outcome = KitOutcome.Of(process, times);
        return outcome.Status == "failed" && times?["pytorchFailure"]?.ToString() is { } failure
            ? outcome with { Said = $"PyTorch was not timed: {failure.Trim().Split('\n')[^1]}" }
            : outcome;
    }

    private Task<BoundedProcess> ChildAsync(string part, int skip, TimeSpan limit, TimeSpan? quiet, Action<string> take,
        CancellationToken cancel) => BoundedProcess.RunAsync(
        Workbook, ["doctor", "--device", options.Device, "--full", options.Folder, "--part", part, "--skip", Text(skip)],
        Surroundings(), limit, cancel, quiet, options.In(part + ".log"), take);

    // cuBLAS gives repeatable sums only with a fixed workspace, which must be set before it loads.
    private static Dictionary<string, string> Surroundings(Dictionary<string, string>? more = null)
    {
        var environment = new Dictionary<string, string>(more ?? []) { ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8" };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath)!;
        return environment;
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            ?? "unknown"
        : System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();

    private static JsonNode? Json(string line)
    {
        try
        {
            return line.StartsWith('{') ? JsonNode.Parse(line) : null;
        }
        catch (JsonException)
        {
            return null; // the last line of a process that was killed may be half a line
        }
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
