namespace ActorJobs.Cli;

/// <summary>A queue of RQ: what waits, what is scheduled, and, only to say so, what waits for other jobs.</summary>
internal sealed class RqSystem(RedisConnection redis, string queue) : IForeignSystem
{
    public string Name => "rq";

    public IReadOnlyList<IForeignPlace> Places { get; } =
    [
        new RqPlace(redis, $"rq:queue:{queue}", RqOrder.List, "queue"),
        new RqPlace(redis, $"rq:scheduled:{queue}", RqOrder.Due, "scheduled"),
        new RqPlace(redis, $"rq:deferred:{queue}", RqOrder.Deferred, "deferred"),
    ];

    public Task<IReadOnlyList<string>> WorkersAsync(CancellationToken cancellationToken) =>
        ForeignWorkers.AliveAsync(redis, $"rq:workers:{queue}", prefix: "", cancellationToken); // a name is the whole key
}
