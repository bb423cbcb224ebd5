namespace ActorJobs.Limits;

/// <summary>What a queue's arbiter has given out. Durable, so that whoever takes the arbiter's shard over knows it.</summary>
internal sealed record LimitState
{
    public static LimitState None { get; } = new();

    /// <summary>Whether it was ever asked.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The last permit's number.</summary>
    public long Last { get; init; }

    /// <summary>The permits that are out.</summary>
    public IReadOnlyList<Permit> Permits { get; init; } = [];

    /// <summary>The queue's starts, where its rate is bounded.</summary>
    public RateWindow Starts { get; init; } = RateWindow.Empty;

    /// <summary>The starts of concurrency keys, where their rate is bounded.</summary>
    public IReadOnlyDictionary<string, RateWindow> KeyStarts { get; init; } = new Dictionary<string, RateWindow>();

    /// <summary>The limits of the last ask.</summary>
    public QueueLimits Limits { get; init; } = QueueLimits.None;

    /// <summary>Who was refused a permit and is told when one comes back.</summary>
    public IReadOnlyList<PermitWaiter> Waiting { get; init; } = [];
}

/// <summary>Who was refused a permit.</summary>
/// <param name="Asker">The node.</param>
/// <param name="Until">How long it is told; it asks again before.</param>
internal readonly record struct PermitWaiter(string Asker, DateTimeOffset Until);
