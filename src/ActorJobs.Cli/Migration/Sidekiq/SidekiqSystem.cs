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

    public Task<IReadOnlyList<string>> WorkersAsync(CancellationToken cancellationToken) =>
        ForeignWorkers.AliveAsync(redis, $"{prefix}processes", prefix, cancellationToken);
}
