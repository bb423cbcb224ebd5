namespace ActorJobs.Cli;

/// <summary>A job as it lies in another system's Redis.</summary>
/// <param name="Value">The member of the list, set or hash: what it is found and removed by.</param>
/// <param name="Due">When it is to run, where its place says so.</param>
internal sealed record ForeignEntry(byte[] Value, DateTimeOffset? Due = null)
{
    /// <summary>What is kept of it elsewhere; empty when nothing is.</summary>
    public IReadOnlyDictionary<string, byte[]> Fields { get; init; } = new Dictionary<string, byte[]>();
}

/// <summary>A key of another system's Redis in which jobs wait.</summary>
internal interface IForeignPlace
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>How many entries it has now.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Entries in the order in which they would run, without taking them.</summary>
    /// <param name="skip">How many to pass over at the beginning: those that were looked at and stay.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ForeignEntry>> PeekAsync(long skip, int count, CancellationToken cancellationToken);

    /// <summary>Removes entries with all that is kept of them. False for each that was not there any more: a worker has taken it.</summary>
    Task<IReadOnlyList<bool>> RemoveAsync(IReadOnlyList<ForeignEntry> entries, CancellationToken cancellationToken);

    /// <summary>The job of an entry. Throws <see cref="NotCarriedException"/> when it is none, or one that cannot be carried over.</summary>
    ForeignReading Read(ForeignEntry entry);
}

/// <summary>Another system, as far as its queue is to be drained.</summary>
internal interface IForeignSystem
{
    /// <summary>Its name in ids and messages: <c>rq</c>, <c>celery</c>, <c>sidekiq</c>.</summary>
    string Name { get; }

    /// <summary>Where jobs of the queue wait, those that would run first before the others.</summary>
    IReadOnlyList<IForeignPlace> Places { get; }

    /// <summary>Workers that are alive and may take jobs meanwhile. Empty where the system does not tell.</summary>
    Task<IReadOnlyList<string>> WorkersAsync(CancellationToken cancellationToken);
}
