namespace ActorJobs.Client;

/// <summary>Dead letters by what their errors have in common: <c>GET /api/v1/dead/groups</c>.</summary>
public sealed record DeadGroupList
{
    /// <summary>The groups, the largest first.</summary>
    public IReadOnlyList<DeadGroup> Items { get; init; } = [];

    /// <summary>How many dead letters were looked at: the newest.</summary>
    public int Examined { get; init; }

    /// <summary>Whether there are older ones that were not looked at, so that counts are lower bounds.</summary>
    public bool Cut { get; init; }

    /// <summary>How many groups, smaller than those listed, were left out.</summary>
    public int Omitted { get; init; }
}

/// <summary>Dead letters of one cause, as far as their errors tell.</summary>
public sealed record DeadGroup
{
    /// <summary>Names the group in filters.</summary>
    public required string Signature { get; init; }

    /// <summary>The error's type.</summary>
    public required string Type { get; init; }

    /// <summary>What the messages have in common, with <c>#</c> for numbers and <c>*</c> for names.</summary>
    public required string Message { get; init; }

    /// <summary>How many there are among those looked at.</summary>
    public int Count { get; init; }

    /// <summary>The kinds of the jobs, at most 20.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Their queues, at most 20.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>When the earliest of them ended.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>When the latest of them ended.</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>The id of the latest of them.</summary>
    public required string Sample { get; init; }
}
