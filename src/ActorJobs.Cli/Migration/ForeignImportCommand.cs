using System.CommandLine;
using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary><c>import rq|celery|sidekiq</c>: drains a queue of another system into this one.</summary>
internal static class ForeignImportCommand
{
    private const int DefaultBatch = 200;

    private static readonly TimeSpan RedisTimeout = TimeSpan.FromSeconds(30);

    public static Command Create(CommandLineApp app)
    {
        var separator = new Option<string>("--separator")
        {
            Description = "Between a queue's name and a priority in keys, as the broker's transport option 'sep' says (default kombu's)",
            HelpName = "TEXT",
            DefaultValueFactory = _ => CelerySystem.DefaultSeparator,
        };
        var unacknowledged = new Option<bool>("--unacked") { Description = "Take what killed workers had taken and not acknowledged too; only while no worker runs" };
        var keyPrefix = new Option<string>("--key-prefix") { Description = "Before every key there, as 'global_keyprefix' or a namespace says", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var command = new Command("import", "Take jobs over from another system's Redis");
        command.Subcommands.Add(Of(app, "rq", "Drain a queue of RQ: what waits and what is scheduled", [], (redis, queue, _) => new RqSystem(redis, queue)));
        command.Subcommands.Add(Of(
            app, "celery", "Drain a queue of Celery over Redis, with all its priorities", [keyPrefix, separator, unacknowledged],
            (redis, queue, scope) => new CelerySystem(
                redis, scope.Parse.GetValue(keyPrefix)!, queue, scope.Parse.GetValue(separator)!, scope.Parse.GetValue(unacknowledged), scope.Host.Time)));
        command.Subcommands.Add(Of(
            app, "sidekiq", "Drain a queue of Sidekiq: what waits, what is scheduled, what is to be tried again", [keyPrefix],
            (redis, queue, scope) => new SidekiqSystem(redis, scope.Parse.GetValue(keyPrefix)!, queue)));
        return command;
    }

    private static Command Of(CommandLineApp app, string name, string summary, IReadOnlyList<Option> own, Func<RedisConnection, string, Scope, IForeignSystem> system)
    {
        var redis = new Option<string>("--redis")
        {
            Description = $"Its redis-server: host:port, host:port/database, or redis(s)://...; the password comes from {RedisAddress.PasswordVariable}",
            HelpName = "ADDRESS",
            Required = true,
        };
        var queue = new Option<string>("--queue") { Description = "Its queue", HelpName = "NAME", Required = true };
        var map = new Option<string[]>("--map")
        {
            Description = "Which kind runs what FUNCTION ran, and the names of arguments that were given by place; may be given several times. Default: the kind of the same name",
            HelpName = "FUNCTION=KIND(NAME,...)",
        };
        var to = new Option<string?>("--to") { Description = "The queue here (default: the kind's)", HelpName = "NAME" };
        var batch = new Option<int>("--batch") { Description = "Jobs that are submitted and removed together, 1 to 10 000", HelpName = "N", DefaultValueFactory = _ => DefaultBatch };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what can be carried over and what cannot" };
        var left = new Option<string?>("--left") { Description = "Write all jobs that stay there to this file, one JSON object a line", HelpName = "FILE" };
        var beside = new Option<bool>("--beside-workers") { Description = "Also while its workers run: what they take at the same moment may run in both" };
        var intoMemory = new Option<bool>("--into-memory") { Description = "Also into a node that keeps jobs in memory only" };
        ImportCommand.InRange(batch, 1, 10_000);
        var command = new Command(name, summary) { Options = { redis, queue, map, to, batch, dryRun, left, beside, intoMemory } };
        foreach (var option in own)
            command.Options.Add(option);
        app.OnRun(command, async scope =>
        {
            var parse = scope.Parse;
            var there = parse.GetValue(to);
            var plan = new ForeignImportPlan(
                parse.GetValue(queue)!, new KindMap(parse.GetValue(map) ?? []), parse.GetValue(batch), parse.GetValue(dryRun), job => there is null ? job : job with { Queue = there });
            var address = RedisAddress.Parse(parse.GetValue(redis)!, scope.Host.Environment(RedisAddress.PasswordVariable));
            await using var connection = await RedisConnection.OpenAsync(address, RedisTimeout, scope.Cancellation);
            var source = system(connection, plan.Queue, scope);
            if (!plan.DryRun && await RefusalAsync(scope, source, parse.GetValue(beside), parse.GetValue(intoMemory)) is { } refusal)
            {
                scope.Screen.Note(SafeText.Line(refusal));
                return ExitCode.Conflict;
            }

            await using var file = parse.GetValue(left) is { } path ? new StreamWriter(path) : null;
            var report = await new ForeignImport(scope, source, plan, new LeftJobs(file)).RunAsync();
            scope.Screen.Show(JsonSerializer.SerializeToElement(report, CliJson.Default.ForeignImportReport), []);
            if (report.Found == 0)
                scope.Screen.Note(SafeText.Line($"Nothing of a queue '{plan.Queue}' lies there. Are the name and the database right?"));
            return report.Left + report.Gone == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<string?> RefusalAsync(Scope scope, IForeignSystem system, bool besideWorkers, bool intoMemory)
    {
        var durability = Grid.At(await scope.Node.GetAsync("diagnostics", scope.Cancellation), "durability");
        if (!intoMemory && durability is { ValueKind: JsonValueKind.String } level && level.GetString() == "memory")
            return "The node keeps jobs in memory only: what is removed there would end with its process. Give it another store, or say --into-memory.";
        if (besideWorkers)
            return null;
        var workers = await system.WorkersAsync(scope.Cancellation);
        return workers.Count == 0 ? null : $"Workers of {system.Name} run and could take the same jobs: {string.Join(", ", workers.Take(5))}. Stop them, or say --beside-workers.";
    }
}
