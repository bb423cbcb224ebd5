namespace ActorJobs;

/// <summary>What became of a command to a schedule.</summary>
public abstract record ScheduleCommandResult
{
    private ScheduleCommandResult()
    {
    }

    /// <summary>The command took effect, or had taken effect before.</summary>
    public sealed record Done : ScheduleCommandResult
    {
        /// <summary>Of a put: whether there was no such schedule.</summary>
        public bool IsNew { get; init; }

        /// <summary>Of a trigger: the job it makes.</summary>
        public JobId? Job { get; init; }

        /// <summary>Of a trigger: whether the job waits for the end of an earlier one.</summary>
        public bool IsBuffered { get; init; }

        /// <summary>Of a backfill: how many firings it has, or had to come when it was cancelled.</summary>
        public int Firings { get; init; }
    }

    /// <summary>There is no such schedule.</summary>
    public sealed record NotFound : ScheduleCommandResult;

    /// <summary>It does not go together with how things are.</summary>
    /// <param name="Code">A stable word: <c>configured</c>, <c>overlap</c>, <c>backfill-running</c> or <c>too-many-schedules</c>.</param>
    /// <param name="Reason">Why, and what can be done.</param>
    public sealed record Refused(string Code, string Reason) : ScheduleCommandResult;

    /// <summary>The request is wrong.</summary>
    public sealed record Invalid(JobProblem Problem) : ScheduleCommandResult;

    /// <summary>The store cannot be reached or the node is going down. Repeat the command.</summary>
    public sealed record Unavailable(string Reason, TimeSpan RetryAfter) : ScheduleCommandResult;
}
