using System.CommandLine;
using GanNotebooks.Data;
using GanNotebooks.Experiments;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook sweep record: the results of a finished sweep in one file.</summary>
internal static class SweepRecordCommand
{
    public static Command Create()
    {
        var folder = SweepCommand.Folder();
        var name = new Option<string>("--name")
        {
            Description = "Name of the record and of its file.", Required = true,
            HelpName = "record"
        };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !token.Value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
                result.AddError($"--name: '{OneLine.Value(token.Value)}' has other characters than letters, digits, - and _.");
            else if (result.Tokens is [{ Value.Length: 0 or > 100 } or { Value: ['-' or '_', ..] }])
                result.AddError("--name must have 1 to 100 characters, and begin with a letter or a digit.");
        });
        var output = PathOptions.Folder("--out", $"Folder of the file. Default: data/results/{RecordedSweep.Study} of the repository.");
        var command = new Command("record", "Write the results of a finished sweep into one file, which a notebook reads.")
        {
            folder, name, output,
        };
        command.SetAction(parse =>
        {
            var record = RecordedSweep.Of(SweepFolder.Open(parse.GetValue(folder)!), parse.GetValue(name)!);
            string file = Path.Combine(Path.GetFullPath(
                parse.GetValue(output) ?? Path.Combine(DataFolder.Find(), "results", RecordedSweep.Study)), record.Name + ".json");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            record.Write(file);
            Console.Out.WriteLine($"{file}: {record.Runs.Count} runs");
            return ExitCode.Success;
        });
        return command;
    }
}
