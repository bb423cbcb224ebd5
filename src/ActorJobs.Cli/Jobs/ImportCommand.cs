using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary><c>job import</c>: many jobs, one JSON object a line.</summary>
internal static class ImportCommand
{
    private const int DefaultBatch = 500;

    public static Command Create(CommandLineApp app)
    {
        var file = new Argument<string>("file") { Description = "The file, or - for standard input", HelpName = "FILE" };
        var kind = new Option<string?>("--kind") { Description = "Each line is the arguments of a job of this kind; without it each line is a whole job", HelpName = "KIND" };
        var run = new Option<string?>("--run")
        {
            Description = "Names the import: lines get the ids RUN-1, RUN-2, ..., so that repeating it changes nothing. Default: from the file's content",
            HelpName = "RUN",
        };
        var skip = new Option<long>("--skip") { Description = "Begin after so many lines", HelpName = "N" };
        var batch = new Option<int>("--batch") { Description = "Jobs in one request, 1 to 10 000", HelpName = "N", DefaultValueFactory = _ => DefaultBatch };
        var connections = new Option<int>("--connections") { Description = "Requests under way at once, 1 to 64", HelpName = "N", DefaultValueFactory = _ => 4 };
        var errors = new Option<string?>("--errors") { Description = "Write refused lines to this file, to be mended and imported again", HelpName = "FILE" };
        var again = new Option<bool>("--again") { Description = "Jobs that had ended where they were exported run again here" };
        InRange(batch, 1, 10_000);
        InRange(connections, 1, 64);
        var options = new SubmitOptions();
        var command = new Command("import", "Submit many jobs, one JSON object a line") { Arguments = { file }, Options = { kind, run, skip, batch, connections, errors, again } };
        options.AddTo(command);
        app.OnRun(command, async scope =>
        {
            var parse = scope.Parse;
            var name = parse.GetValue(file)!;
            using var input = name == "-" ? scope.Host.In : Open(name);
            var plan = new ImportPlan(
                parse.GetValue(run) ?? (name == "-" ? $"import-{Guid.NewGuid():N}"[..19] : NameOf(name)), parse.GetValue(kind), parse.GetValue(skip), parse.GetValue(batch),
                parse.GetValue(connections), parse.GetValue(again), job => options.Apply(job, parse));
            await using var refused = parse.GetValue(errors) is { } path ? new StreamWriter(path) : null;
            var report = await new Importer(scope, plan, refused).RunAsync(input, name == "-" ? null : new FileInfo(name).Length);
            scope.Screen.Show(JsonSerializer.SerializeToElement(report, CliJson.Default.ImportReport), []);
            return report.Refused == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    public static void InRange(Option<int> option, int min, int max) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var value) || value < min || value > max))
            result.AddError($"{option.Name} is a whole number from {min} to {max}.");
    });

    private static StreamReader Open(string file) => File.Exists(file) ? new StreamReader(file) : throw new UsageException($"There is no file '{file}'.");

    // the same content is the same import, wherever it lies
    private static string NameOf(string file)
    {
        using var stream = File.Exists(file) ? File.OpenRead(file) : throw new UsageException($"There is no file '{file}'.");
        return $"import-{Convert.ToHexStringLower(SHA256.HashData(stream))[..12]}";
    }
}
