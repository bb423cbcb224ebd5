namespace ActorJobs;

/// <summary>Where a job is in its life. The diagram in <c>docs/job-lifecycle.md</c> uses the same words.</summary>
public enum JobStatus
{
    /// <summary>Waits for its parents.</summary>
    Waiting,

    /// <summary>Waits for its time to run.</summary>
    Scheduled,

    /// <summary>May run as soon as a slot is free.</summary>
    Available,

    /// <summary>An attempt is under way.</summary>
    Running,

    /// <summary>An attempt failed or was snoozed; the next one waits for its time.</summary>
    Retryable,

    /// <summary>Finished with a result.</summary>
    Completed,

    /// <summary>Stopped on request.</summary>
    Cancelled,

    /// <summary>Dead letter: out of attempts, failed for good, or discarded by its handler.</summary>
    Discarded,

    /// <summary>Was not started before its start-by deadline.</summary>
    Expired,
}

/// <summary>Questions about a <see cref="JobStatus"/>.</summary>
public static class JobStatusExtensions
{
    /// <summary>Whether the job has ended; only a retry brings it back.</summary>
    public static bool IsTerminal(this JobStatus status) =>
        status is JobStatus.Completed or JobStatus.Cancelled or JobStatus.Discarded or JobStatus.Expired;
}
