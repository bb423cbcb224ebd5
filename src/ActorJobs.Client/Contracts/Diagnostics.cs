namespace ActorJobs.Client;

/// <summary>The node that answers, as a process: <c>GET /api/v1/diagnostics</c>.</summary>
public sealed record Diagnostics
{
    /// <summary>Its name.</summary>
    public required string Node { get; init; }

    /// <summary>The version it runs.</summary>
    public required string Version { get; init; }

    /// <summary>Its clock when it answered.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Since when it runs.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The runtime, for instance <c>.NET 10.0.1</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The operating system.</summary>
    public required string System { get; init; }

    /// <summary>What a receipt promises: <c>memory</c>, <c>fsync</c>, <c>everysec</c> or <c>replicated(n)</c>.</summary>
    public required string Durability { get; init; }

    /// <summary>How many shards the store has.</summary>
    public int Shards { get; init; }

    /// <summary>Processors the process may use.</summary>
    public int Processors { get; init; }

    /// <summary>Processor time used since the start.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes { get; init; }

    /// <summary>Managed heap in bytes, as of the last collection.</summary>
    public long HeapBytes { get; init; }

    /// <summary>Threads of the pool.</summary>
    public int Threads { get; init; }
}

/// <summary>What a node finds when it checks itself: <c>GET /api/v1/doctor</c>.</summary>
/// <param name="Items">The checks, in the order they were made.</param>
public sealed record CheckList(IReadOnlyList<CheckItem> Items);

/// <summary>What one check found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Status"><c>ok</c>, <c>warning</c> or <c>failed</c>.</param>
/// <param name="Said">What was found.</param>
/// <param name="Mend">What to do about it; null when nothing is to be done.</param>
public sealed record CheckItem(string Name, string Status, string Said, string? Mend = null);
