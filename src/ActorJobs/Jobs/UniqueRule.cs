namespace ActorJobs;

/// <summary>At most one job per key within a scope.</summary>
/// <param name="Key">What must be unique, 1 to 200 characters.</param>
/// <param name="Scope">How long a job holds the key.</param>
/// <param name="Period">With <see cref="UniqueScope.Period"/>: how long after the submit the key is held.</param>
/// <param name="OnConflict">What happens to the second job.</param>
public sealed record UniqueRule(
    string Key, UniqueScope Scope = UniqueScope.UntilFinished, TimeSpan? Period = null, UniqueConflict OnConflict = UniqueConflict.Reject);

/// <summary>How long a job holds its unique key.</summary>
public enum UniqueScope
{
    /// <summary>Until the job has ended.</summary>
    UntilFinished,

    /// <summary>Until its first attempt starts.</summary>
    UntilStarted,

    /// <summary>For a time after the submit, whatever becomes of the job.</summary>
    Period,
}

/// <summary>What happens to a job whose unique key is held.</summary>
public enum UniqueConflict
{
    /// <summary>The submit is refused.</summary>
    Reject,

    /// <summary>The submit answers with the job that holds the key.</summary>
    Existing,

    /// <summary>The job that holds the key is cancelled, if it has not started, and this one takes its place.</summary>
    Replace,

    /// <summary>As <see cref="Replace"/>, and the start moves on to this job's time.</summary>
    Debounce,
}
