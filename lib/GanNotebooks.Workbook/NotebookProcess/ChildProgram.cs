using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>The process that runs one notebook. Started by the runner, never by hand.</summary>
internal static class ChildProgram
{
    public const string Verb = "execute-one";

    public static async Task<int> RunAsync(string pipeHandle)
    {
        // Ctrl-C and the end of a terminal reach the whole process group; the parent decides what becomes of this process.
        PosixSignal[] group = [PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP];
        var signals = group.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)).ToList();
        VolunteerForOutOfMemory();
        var input = Console.In;
        string line = await input.ReadLineAsync().ConfigureAwait(false) ?? "";
        var request = JsonSerializer.Deserialize(line, WireJson.Default.ExecuteRequest)!;
        var asked = Channel.CreateUnbounded<CellRequest>();
        ExitWithParent(input, text => asked.Writer.TryWrite(JsonSerializer.Deserialize(text, WireJson.Default.CellRequest)!));

        var pipe = new AnonymousPipeClientStream(PipeDirection.Out, pipeHandle);
        CloseOnExec.Set(pipe.SafePipeHandle);
        await using var disposing = pipe.ConfigureAwait(false);
        string notebookFolder = Path.GetDirectoryName(request.Notebook)!;
        using var events = new EventWriter(pipe, new PathScrubber(request.Root, (notebookFolder, ".")));
        HostProtocol.Install(events, request.Tries);

        if (request.IsLive)
        {
            await new LiveExecutor(request, events).RunAsync(asked.Reader).ConfigureAwait(false);
            return 0;
        }

        bool passed = await new NotebookExecutor(request, events).RunAsync().ConfigureAwait(false);
        events.Done(PeakMemory.OfThisProcess());
        Descendants.Kill();
        GC.KeepAlive(signals);
        return passed ? 0 : 1;
    }

    /// <summary>If memory runs out, the operating system should kill this process, not the parent, which writes the report.</summary>
    private static void VolunteerForOutOfMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "900");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Optional: some containers forbid it.
        }
    }

    /// <summary>The parent keeps our standard input open. When the parent ends for any reason, this process ends.</summary>
    private static void ExitWithParent(TextReader input, Action<string> take) => new Thread(() => Listen(input, take))
    {
        IsBackground = true, Name = "parent watch",
    }.Start();

    private static void Listen(TextReader input, Action<string> take)
    {
        try
        {
            while (input.ReadLine() is { } line)
                take(line);
        }
        catch (IOException)
        {
            // Closed: the same as its end.
        }

        Descendants.Kill();
        Process.GetCurrentProcess().Kill();
    }
}
