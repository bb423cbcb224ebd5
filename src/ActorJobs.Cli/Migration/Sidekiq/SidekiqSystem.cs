namespace ActorJobs.Cli;

/// <summary>A queue of Sidekiq: what waits, what is scheduled, and what failed and will be tried again.</summary>
internal sealed class SidekiqSystem(RedisConnection redis, string prefix, string queue) : IForeignSystem
{
    public string Name => "sidekiq";

    public IReadOnlyList<IForeignPlace> Places { get; } =
    [
        new ForeignListPlace(redis, $"{prefix}queue:{queue}", "queue", entry => SidekiqReader.Read(entry, null)),
        new ForeignSortedPlace(redis, $"{prefix}retry", "retry", entry => SidekiqReader.Read(entry, queue)),
        new ForeignSortedPlace(redis, $"{prefix}schedule", "schedule", entry => SidekiqReader.Read(entry, queue)),
    ];

    // a process that lives renews the key that is called as it is
    public async Task<IReadOnlyList<string>> WorkersAsync(CancellationToken cancellationToken)
    {
        var names = (await redis.AskAsync(cancellationToken, "SMEMBERS", $"{prefix}processes")).List.Select(item => item.Text).ToArray();
        var alive = await redis.AskAllAsync([.. names.Select(name => (RedisWord[])["EXISTS", prefix + name])], cancellationToken);
        return [.. names.Where((_, index) => alive[index].Number > 0)];
    }
}
