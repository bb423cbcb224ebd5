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

    // a worker that lives renews the key that is called as it is
    public async Task<IReadOnlyList<string>> WorkersAsync(CancellationToken cancellationToken)
    {
        var names = (await redis.AskAsync(cancellationToken, "SMEMBERS", $"rq:workers:{queue}")).List.Select(item => item.Text).ToArray();
        var alive = await redis.AskAllAsync([.. names.Select(name => (RedisWord[])["EXISTS", name])], cancellationToken);
        return [.. names.Where((_, index) => alive[index].Number > 0)];
    }
}
