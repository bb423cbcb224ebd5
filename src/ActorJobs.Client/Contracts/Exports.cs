using System.Text.Json;

namespace ActorJobs.Client;

/// <summary>A page of exported jobs, newest first.</summary>
/// <param name="Items">The jobs: each the fields of a <see cref="SubmitJob"/> that goes on with it elsewhere, <c>was</c> (an <see cref="ExportedState"/>), and <c>history</c> if asked for.</param>
/// <param name="Next">The cursor of the next page, or null at the end. A page may be short and still have a next one.</param>
public sealed record JobExportPage(IReadOnlyList<JsonElement> Items, string? Next);

/// <summary>What an exported job was: the field <c>was</c>. A submit does not look at it.</summary>
public sealed record ExportedState
{
    /// <summary>Its state.</summary>
    public required string State { get; init; }

    /// <summary>How many attempts were started.</summary>
    public int Attempt { get; init; }

    /// <summary>How many it could have had; the exported job has those that were left.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The unique key it had: an exported job has none, for its id makes it unique.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>The workflow it belongs to.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>The schedule of which it is a firing.</summary>
    public string? ScheduleId { get; init; }

    /// <summary>The result, once completed.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>The last error.</summary>
    public JobFailure? Error { get; init; }
}
