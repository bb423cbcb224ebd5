using System.Text.Json.Serialization;

namespace ActorJobs.Jobs;

/// <summary>What is known of a job. The running attempt is not part of what is stored beside the history: it comes back from its lease.</summary>
internal sealed record JobState
{
    /// <summary>How many attempts are remembered.</summary>
    public const int MaxAttemptsKept = 100;

    public static JobState None { get; } = new();

    /// <summary>Null before the submit.</summary>
    public JobSpec? Spec { get; init; }

    public JobStatus Status { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when it is in its status; for scheduled and retryable jobs, until when.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The number of the last attempt that was started: the next claim takes the next number, and an older outcome is refused.</summary>
    public int Attempt { get; init; }

    /// <summary>How many attempts count against the limit: not the snoozed and interrupted ones, and a retry by hand begins anew.</summary>
    public int Used { get; init; }

    public IReadOnlyList<JobAttempt>? Attempts { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public RawJson? Result { get; init; }

    public JobError? Error { get; init; }

    public JobProgress? Progress { get; init; }

    public IReadOnlyList<JobLogLine>? Log { get; init; }

    public RawJson? Checkpoint { get; init; }

    /// <summary>Why it is to stop, once somebody asked.</summary>
    public string? CancelReason { get; init; }

    /// <summary>Whether a unique key held for a period was given back.</summary>
    public bool KeyReleased { get; init; }

    /// <summary>How often it has ended; counted only where a workflow or a schedule is told.</summary>
    public int Ends { get; init; }

    /// <summary>The last of its ends that its workflow or schedule has heard of.</summary>
    public int Reported { get; init; }

    /// <summary>How it was before a bulk action changed it, until something else happens to it.</summary>
    public UndoPoint? Undo { get; init; }

    /// <summary>The attempt under way.</summary>
    [JsonIgnore]
    public AttemptStarted? Running { get; init; }

    /// <summary>Whether its workflow or schedule has not heard of its end.</summary>
    [JsonIgnore]
    public bool OwesReport => Spec is { IsReported: true } && Status.IsTerminal() && Reported < Ends;

    [JsonIgnore]
    public JobStatus VisibleStatus => Running is null ? Status : JobStatus.Running;
}
