using System.CommandLine;

namespace ActorJobs.Cli;

/// <summary>What <c>actorjobs bench</c> takes.</summary>
internal sealed class BenchOptions
{
    private readonly Option<int> jobs = Number("--jobs", "How many jobs", 10_000, 1, 1_000_000);
    private readonly Option<int> payload = Number("--payload", "Bytes of text in each job's arguments", 100, 0, 100_000);
    private readonly Option<int> batch = Number("--batch", "Jobs in one request; 1 submits each by itself", 500, 1, 10_000);
    private readonly Option<int> connections = Number("--connections", "Requests under way at once", 4, 1, 256);
    private readonly Option<int> warmUp = Number("--warm-up", "Jobs before, which do not count", 1_000, 0, 100_000);
    private readonly Option<string> kind = new("--kind") { Description = "Their kind", HelpName = "KIND", DefaultValueFactory = _ => "builtin.echo" };
    private readonly Option<string> queue = new("--queue") { Description = "Their queue", HelpName = "NAME", DefaultValueFactory = _ => "bench" };
    private readonly Option<bool> oneByOne = new("--one-by-one") { Description = "Submit each when the one before has ended: the latency of an idle node" };
    private readonly Option<bool> hold = new("--hold") { Description = "Pause the queue until all are submitted: submit and work measured apart" };
    private readonly Option<TimeSpan?> deadline = GlobalOptions.Duration("--deadline", "How long all of it may take (default 10m)");
    private readonly Option<string?> redis = new("--redis") { Description = $"The node's redis-server, to measure it too; its password comes from {RedisAddress.PasswordVariable}", HelpName = "HOST:PORT" };
    private readonly Option<string?> start = new("--start") { Description = "Start a node for this, with this store: memory, sqlite or redis (starts a redis-server, too)", HelpName = "STORE" };
    private readonly Option<string> server = new("--server") { Description = "With --start: the node's program or ActorJobs.Server.dll", HelpName = "FILE", DefaultValueFactory = _ => OwnNode.DefaultServer };
    private readonly Option<int?> workers = new("--workers") { Description = "With --start: jobs the node runs at once (default twice its cores)", HelpName = "N" };

    public BenchOptions()
    {
        deadline.Recursive = false;
        start.AcceptOnlyFromAmong("memory", "sqlite", "redis");
        workers.Validators.Add(result =>
        {
            if (result.GetValue(workers) is < 1 or > 10_000)
                result.AddError("--workers must be from 1 to 10000.");
        });
    }

    public IReadOnlyList<Option> All => [jobs, payload, batch, connections, warmUp, kind, queue, oneByOne, hold, deadline, redis, start, server, workers];

    public BenchPlan PlanOf(ParseResult parse)
    {
        if (parse.GetValue(hold) && parse.GetValue(oneByOne))
            throw new UsageException("--hold and --one-by-one exclude each other: what is held does not end.");
        return new(
            $"bench-{Guid.NewGuid():N}"[..14], parse.GetValue(jobs), parse.GetValue(payload), parse.GetValue(batch), parse.GetValue(connections),
            parse.GetValue(kind)!, parse.GetValue(queue)!, parse.GetValue(oneByOne), parse.GetValue(hold), parse.GetValue(deadline) ?? TimeSpan.FromMinutes(10));
    }

    /// <summary>The same for the jobs before, which do not count; null when there are none.</summary>
    public BenchPlan? WarmUpOf(ParseResult parse, BenchPlan plan) => parse.GetValue(warmUp) is > 0 and var count
        ? plan with { Run = plan.Run + "w", Jobs = plan.OneByOne ? Math.Min(count, 50) : count, Hold = false }
        : null;

    /// <summary>Starts the node of the benchmark's own, if one is wanted, and turns the command to it.</summary>
    public async Task<OwnNode?> StartAsync(Scope scope)
    {
        if (scope.Parse.GetValue(start) is not { } store)
            return null;
        var node = await OwnNode.StartAsync(store, scope.Parse.GetValue(server)!, scope.Parse.GetValue(workers), scope.Host, scope.Cancellation);
        scope.Connection = scope.Connection with { Node = node.Address, Key = null };
        return node;
    }

    /// <summary>The redis-server to be measured, or null.</summary>
    public RedisServerUsage? RedisOf(Scope scope, OwnNode? own) =>
        own?.RedisAddress is { } address ? new RedisServerUsage(address, null)
        : scope.Parse.GetValue(redis) is { } given ? new RedisServerUsage(given, scope.Host.Environment(RedisAddress.PasswordVariable))
        : null;

    private static Option<int> Number(string name, string description, int otherwise, int min, int max)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
        ImportCommand.InRange(option, min, max);
        return option;
    }
}
