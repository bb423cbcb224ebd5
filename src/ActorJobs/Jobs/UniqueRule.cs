namespace ActorJobs;

/// <summary>At most one job per key within a scope, whatever its kind and queue.</summary>
/// <param name="Key">What must be unique, 1 to 200 characters.</param>
/// <param name="Scope">How long a job holds the key.</param>
/// <param name="Period">With <see cref="UniqueScope.Period"/>, and only then: how long after the submit the key is held.</param>
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

    /// <summary>The submit answers with the job that holds the key, in the state it is in.</summary>
    Existing,

    /// <summary>
    /// A job that holds the key and waits becomes this one, under its own id and at its own time: arguments, kind, queue and options are this
    /// submit's, attempts are counted anew; how long it holds the key stays as it was. One that runs, or has ended within its period, refuses.
    /// </summary>
    Replace,

    /// <summary>As <see cref="Replace"/>, and the job waits for this submit's time to run, which must be given.</summary>
    Debounce,
}
