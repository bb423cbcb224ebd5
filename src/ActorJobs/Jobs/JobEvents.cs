using ActorJobs.Actors.Entities;

namespace ActorJobs.Jobs;

/// <summary>What can happen to a job.</summary>
internal abstract record JobEvent;

/// <summary>It was accepted.</summary>
[EventType("job.submitted.v1")]
internal sealed record JobSubmitted(JobSpec Spec, JobStatus Status, DateTimeOffset At) : JobEvent;

/// <summary>Its time has come, or somebody promoted it.</summary>
[EventType("job.staged.v1")]
internal sealed record JobStaged(DateTimeOffset At, bool ByHand = false) : JobEvent
{
    /// <summary>The bulk action that promoted it.</summary>
    public string? Action { get; init; }
}

/// <summary>An attempt is under way. A lease: true until the attempt has ended, with what the attempt says meanwhile.</summary>
[EventType("job.attempt-started.v1")]
internal sealed record AttemptStarted(int Number, string Node, string Pool, DateTimeOffset At) : JobEvent
{
    /// <summary>The permit of its queue's arbiter that it holds; 0 for none.</summary>
    public long Permit { get; init; }

    public JobProgress? Progress { get; init; }

    public IReadOnlyList<JobLogLine>? Log { get; init; }

    public RawJson? Checkpoint { get; init; }
}

/// <summary>An attempt brought a result.</summary>
[EventType("job.completed.v1")]
internal sealed record JobCompleted(JobAttempt Attempt, RawJson Result) : JobEvent
{
    public JobProgress? Progress { get; init; }

    public IReadOnlyList<JobLogLine>? Log { get; init; }
}

/// <summary>An attempt ended without result, and there will be another: at <paramref name="NextAt"/>.</summary>
[EventType("job.attempt-ended.v1")]
internal sealed record AttemptEnded(JobAttempt Attempt, DateTimeOffset NextAt, bool IsUsed) : JobEvent
{
    public JobProgress? Progress { get; init; }

    public IReadOnlyList<JobLogLine>? Log { get; init; }

    public RawJson? Checkpoint { get; init; }
}

/// <summary>It is a dead letter.</summary>
[EventType("job.discarded.v1")]
internal sealed record JobDiscarded(JobAttempt? Attempt, JobError Error, DateTimeOffset At) : JobEvent
{
    public JobProgress? Progress { get; init; }

    public IReadOnlyList<JobLogLine>? Log { get; init; }

    public RawJson? Checkpoint { get; init; }
}

/// <summary>Somebody asked a running attempt to stop.</summary>
[EventType("job.cancel-requested.v1")]
internal sealed record CancelRequested(string Reason, DateTimeOffset At) : JobEvent
{
    /// <summary>The bulk action that asked.</summary>
    public string? Action { get; init; }
}

/// <summary>It was stopped on request.</summary>
[EventType("job.cancelled.v1")]
internal sealed record JobCancelled(JobAttempt? Attempt, string Reason, DateTimeOffset At) : JobEvent
{
    /// <summary>The bulk action that stopped it before an attempt.</summary>
    public string? Action { get; init; }

    public JobProgress? Progress { get; init; }

    public IReadOnlyList<JobLogLine>? Log { get; init; }
}

/// <summary>It was not started in time.</summary>
[EventType("job.expired.v1")]
internal sealed record JobExpired(DateTimeOffset At) : JobEvent;

/// <summary>Somebody had it run again.</summary>
[EventType("job.retried.v1")]
internal sealed record JobRetried(RawJson? Args, DateTimeOffset At) : JobEvent
{
    /// <summary>The bulk action that asked.</summary>
    public string? Action { get; init; }

    /// <summary>When it is to run; null for at once.</summary>
    public DateTimeOffset? RunAt { get; init; }
}

/// <summary>Somebody has seen the dead letter and leaves it be.</summary>
[EventType("job.dismissed.v1")]
internal sealed record JobDismissed(string Reason, DateTimeOffset At) : JobEvent
{
    /// <summary>The bulk action that asked.</summary>
    public string? Action { get; init; }
}

/// <summary>What a bulk action had done to it was taken back.</summary>
[EventType("job.undone.v1")]
internal sealed record JobUndone(string Action, DateTimeOffset At) : JobEvent;

/// <summary>While it waited, another submit with its unique key has taken its place: what it is to do and when is that submit's.</summary>
[EventType("job.replaced.v1")]
internal sealed record JobReplaced(JobSpec Spec, JobStatus Status, DateTimeOffset Since, DateTimeOffset At) : JobEvent;

/// <summary>Its workflow has heard of its ends up to the <paramref name="Ends"/>th.</summary>
[EventType("job.reported.v1")]
internal sealed record JobReported(int Ends) : JobEvent;

/// <summary>The period of its unique key is over.</summary>
[EventType("job.key-released.v1")]
internal sealed record JobKeyReleased(DateTimeOffset At) : JobEvent;
