using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Client;

/// <summary>One action upon all jobs that match a filter: <c>POST /api/v1/jobs/actions</c>.</summary>
public sealed record BulkAction
{
    /// <summary>cancel, retry, promote or dismiss (leave dead letters be).</summary>
    public required string Action { get; init; }

    /// <summary>Which jobs; at least one field must be set.</summary>
    public required BulkFilter Filter { get; init; }

    /// <summary>Whether to answer only with how many jobs match, and which first.</summary>
    public bool DryRun { get; init; }

    /// <summary>Kept in the audit log, and as the reason of cancelled jobs.</summary>
    public string? Reason { get; init; }

    /// <summary>For a retry: a JSON merge patch (RFC 7396) that is applied to each job's arguments.</summary>
    public JsonElement? Edit { get; init; }

    /// <summary>How many jobs to change, 1 to 100 000, the newest first. Default: 100 000.</summary>
    public int? Limit { get; init; }

    /// <summary>Which share of the jobs to change, above 0 and up to 1. Asking again draws the same ones. Default: all.</summary>
    public double? Sample { get; init; }

    /// <summary>For a retry: how many jobs a second become available, 0.01 to 10 000. Default: all at once.</summary>
    public double? PerSecond { get; init; }
}

/// <summary>Takes an action back: <c>POST /api/v1/jobs/actions/{id}/undo</c>.</summary>
/// <param name="Reason">Kept in the audit log.</param>
/// <param name="DryRun">Whether to answer only with how many jobs can be taken back, and which first.</param>
public sealed record BulkUndo(string? Reason = null, bool DryRun = false);

/// <summary>Which jobs; all that is set must match.</summary>
/// <param name="State">A state's name. Default: all states that the action can change.</param>
/// <param name="Queue">A queue's name.</param>
/// <param name="Kind">A kind's name.</param>
/// <param name="Tag">A tag.</param>
/// <param name="Tenant">A tenant.</param>
/// <param name="Signature">What their last errors have in common: <see cref="DeadGroup.Signature"/>.</param>
public sealed record BulkFilter(
    string? State = null, string? Queue = null, string? Kind = null, string? Tag = null, string? Tenant = null, string? Signature = null);

/// <summary>The answer to an action upon many jobs.</summary>
public sealed record BulkReceipt
{
    /// <summary>The job that carries it out, to be watched as any other; null for a dry run.</summary>
    public string? Id { get; init; }

    /// <summary>How many jobs match now.</summary>
    public long Count { get; init; }

    /// <summary>Whether there may be more than were counted.</summary>
    public bool CountIsLowerBound { get; init; }

    /// <summary>How many jobs one action changes at most.</summary>
    public int Limit { get; init; }

    /// <summary>The first of them, at most 10.</summary>
    public IReadOnlyList<Job> Sample { get; init; } = [];

    /// <summary>What an edit makes of the arguments of the jobs of the sample.</summary>
    public IReadOnlyList<BulkEdit> Edits { get; init; } = [];

    /// <summary>How many of the edits have a problem: an action would leave their jobs as they are and count them as refused.</summary>
    public int RefusedEdits { get; init; }
}

/// <summary>What an edit makes of a job's arguments.</summary>
/// <param name="Id">The job.</param>
/// <param name="Before">Its arguments.</param>
/// <param name="After">What they become.</param>
/// <param name="Problem">Why the job would refuse them and stay as it is; null when they fit.</param>
public sealed record BulkEdit(string Id, JsonElement Before, JsonElement After, BulkEditProblem? Problem = null);

/// <summary>What is wrong with edited arguments.</summary>
/// <param name="Code">A stable word, for instance <c>invalid-arguments</c>.</param>
/// <param name="Detail">What was found and what is allowed.</param>
/// <param name="Field">The field as a JSON pointer (RFC 6901) into the job, for instance <c>/args/times</c>.</param>
public sealed record BulkEditProblem(string Code, string Detail, [property: JsonPropertyName("pointer")] string? Field = null);
