using System.CommandLine;
using System.CommandLine.Invocation;
using GanNotebooks.Workbook;
using GanNotebooks.Workbook.Commands;
using GanNotebooks.Workbook.NotebookProcess;

// A notebook's process: past the command line, which would cost it a tenth of a second.
if (args is [ChildProgram.Verb, var pipe])
{
    // A thread that a cell left running must not keep the process alive.
    Environment.Exit(await ChildProgram.RunAsync(pipe).ConfigureAwait(false));
}

LibTorchOption.Apply(args);
var root = new RootCommand("GAN Notebooks: run the workbook's notebooks, check them, and make the book.")
{
    RunCommand.Create(), BookCommand.Create(), CheckCommand.Create(), TrainCommand.Create(), BenchCommand.Create(), DoctorCommand.Create(),
    StudyCommand.Create(),
};
// Ctrl-C: the notebook's process is ended, the report and the sum are written; that takes a moment.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };
var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
if (parsed.Action is ParseErrorAction error)
    error.ShowHelp = false; // what is wrong fits on a line, the help of `train` not on a screen
int code = await parsed.InvokeAsync(invocation).ConfigureAwait(false);
return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
