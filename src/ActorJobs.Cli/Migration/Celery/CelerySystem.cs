namespace ActorJobs.Cli;

/// <summary>A queue of Celery over Redis: a list for each priority, and what workers had taken and not acknowledged.</summary>
internal sealed class CelerySystem : IForeignSystem
{
    /// <summary>What kombu puts between a queue's name and a priority unless told otherwise.</summary>
    public const string DefaultSeparator = "\u0006\u0016";

    private const int Priorities = 10;

    /// <param name="redis">Celery's broker.</param>
    /// <param name="prefix">Before every key (<c>global_keyprefix</c>).</param>
    /// <param name="queue">The queue.</param>
    /// <param name="separator">Between its name and a priority (<c>sep</c>).</param>
    /// <param name="unacknowledged">Whether to take what workers had taken too.</param>
    /// <param name="time">The clock.</param>
    public CelerySystem(RedisConnection redis, string prefix, string queue, string separator, bool unacknowledged, TimeProvider time)
    {
        // which steps there are is the broker's setting, and asking for those that are not costs nothing
        var lists = Enumerable.Range(0, Priorities).Select(priority => new ForeignListPlace(
            redis, $"{prefix}{queue}{(priority == 0 ? "" : separator + priority)}", priority == 0 ? "queue" : $"priority {priority}",
            entry => CeleryReader.Read(ForeignJson.Parse(entry.Value, "the message"), time.GetUtcNow())));
        Places = [.. lists, .. unacknowledged ? [new UnackedPlace(redis, prefix, queue, time)] : Array.Empty<IForeignPlace>()];
    }

    public string Name => "celery";

    public IReadOnlyList<IForeignPlace> Places { get; }

    // Celery keeps no list of living workers in its broker
    public Task<IReadOnlyList<string>> WorkersAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);
}
