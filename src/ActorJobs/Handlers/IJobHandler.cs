namespace ActorJobs;

/// <summary>
/// Runs the jobs of one kind. Made anew for each attempt in a service scope of its own. A job may run more than once (a node can die after the
/// work and before the outcome is stored), so make the effect idempotent or guard it with <see cref="JobContext.Id"/> and <see cref="JobContext.Attempt"/>.
/// </summary>
/// <typeparam name="TArgs">What the job's <c>args</c> deserialise to.</typeparam>
/// <typeparam name="TResult">What the job's <c>result</c> is serialised from.</typeparam>
public interface IJobHandler<in TArgs, TResult>
{
    /// <summary>
    /// Runs one attempt. An exception is a failed attempt and is retried; throw <see cref="PermanentJobException"/> for an error that no retry can mend.
    /// </summary>
    ValueTask<JobOutcome<TResult>> RunAsync(TArgs args, JobContext context);
}

/// <summary>An error that no retry can mend: the job goes to the dead letters at once.</summary>
public sealed class PermanentJobException : Exception
{
    /// <summary>Makes the error.</summary>
    public PermanentJobException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
