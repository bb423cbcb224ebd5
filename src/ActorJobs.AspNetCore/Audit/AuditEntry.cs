namespace ActorJobs.AspNetCore;

/// <summary>What an operator did: written before it is done, and again with what became of it.</summary>
public sealed record AuditEntry
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who asked: the name of the API key, the host's user, or <c>local</c>.</summary>
    public required string Who { get; init; }

    /// <summary>What was asked for, for instance <c>job.cancel</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Upon what: the id or name in the path; null where there is none.</summary>
    public string? Target { get; init; }

    /// <summary>Why, in the operator's words.</summary>
    public string? Reason { get; init; }

    /// <summary>With what, for instance the new size.</summary>
    public string? Details { get; init; }

    /// <summary>What became of it; <see cref="AuditOutcome.Unknown"/> when the node died before it could say.</summary>
    public AuditOutcome Outcome { get; init; }

    /// <summary>Why it was refused or failed.</summary>
    public string? Problem { get; init; }
}

/// <summary>What became of an operator's action.</summary>
public enum AuditOutcome
{
    /// <summary>It is under way, or nobody knows.</summary>
    Unknown,

    /// <summary>It took effect.</summary>
    Done,

    /// <summary>It was refused and changed nothing.</summary>
    Refused,

    /// <summary>It failed, and may have taken effect.</summary>
    Failed,
}

/// <summary>A part of the log, newest first.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, string? Next);
