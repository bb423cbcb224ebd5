using System.CommandLine;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary><c>job submit</c>: one job from flags, a file or standard input; with <c>--wait</c> to its end.</summary>
internal static class SubmitCommand
{
    public static Command Create(CommandLineApp app)
    {
        var kind = new Argument<string?>("kind") { Description = "Which handler runs it; left out when the file says so", Arity = ArgumentArity.ZeroOrOne, HelpName = "KIND" };
        var args = new Option<string?>("--args", "-a") { Description = "The arguments as JSON, @file, or - for standard input", HelpName = "JSON" };
        var fields = new Option<string[]>("--arg") { Description = "A field of the arguments; may be given several times", HelpName = "NAME=VALUE" };
        var file = new Option<string?>("--file", "-f") { Description = "A whole job as JSON, as the API takes it; - for standard input", HelpName = "FILE" };
        var key = new Option<string?>("--idempotency-key") { Description = "The same key with the same job is the same job", HelpName = "KEY" };
        var wait = new Option<bool>("--wait", "-w") { Description = "Wait for its end; exit code 1 unless it completes" };
        var options = new SubmitOptions();
        var command = new Command("submit", "Submit one job") { Arguments = { kind }, Options = { args, fields, file, key, wait } };
        options.AddTo(command);
        app.OnRun(command, async scope =>
        {
            var parse = scope.Parse;
            var job = options.Apply(JobOf(parse.GetValue(file), parse.GetValue(kind), scope.Host), parse);
            if (JobArguments.Read(parse.GetValue(args), parse.GetValue(fields) ?? [], scope.Host) is { } given)
                job = job with { Args = given };
            var receipt = await scope.Node.Client.SubmitAsync(job, parse.GetValue(key), scope.Cancellation);
            if (parse.GetValue(wait))
                return await JobEnd.FollowAsync(scope, receipt.Id);
            scope.Screen.Show(JsonSerializer.SerializeToElement(receipt, ContractJson.Default.SubmitReceipt), []);
            return ExitCode.Ok;
        });
        return command;
    }

    private static SubmitJob JobOf(string? file, string? kind, CliHost host)
    {
        if (file is null)
            return new SubmitJob { Kind = kind ?? throw new UsageException("Which kind? Give it as the first word, or a whole job with --file.") };
        var json = JsonInput.Read(file == "-" ? "-" : "@" + file, host, "--file");
        if (kind is not null && json.ValueKind == JsonValueKind.Object)
        {
            var node = System.Text.Json.Nodes.JsonNode.Parse(json.GetRawText())!;
            node["kind"] = kind;
            json = JsonElement.Parse(node.ToJsonString());
        }

        return SubmitOptions.OfJson(json, "--file");
    }
}
