using GanNotebooks.Workbook.Commands;
using GanNotebooks.Workbook.NotebookProcess;

// A notebook's process: past the command line, which would cost it a tenth of a second.
if (args is [ChildProgram.Verb, var pipe])
{
    // A thread that a cell left running must not keep the process alive.
    Environment.Exit(await ChildProgram.RunAsync(pipe).ConfigureAwait(false));
}

StandardOutput.Install();
return await CommandLine.RunAsync(args, Console.Error).ConfigureAwait(false);
