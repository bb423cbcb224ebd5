namespace ActorJobs.Pools;

/// <summary>What an exception says about an attempt.</summary>
internal static class AttemptErrors
{
    private const int MaxStack = 16 * 1024;
    private const int MaxMessage = 4 * 1024;

    public static JobError Of(Exception exception) =>
        new(exception.GetType().FullName!, Cut(exception.Message, MaxMessage), exception.StackTrace is null ? null : Cut(exception.ToString(), MaxStack));

    /// <summary>Permanent ones end the job; the others are retried, after the wait that the kind sets for the exception's type.</summary>
    public static JobOutcome OutcomeOf(Exception exception, KindOptions options)
    {
        var error = Of(exception);
        return options.PermanentExceptions.Contains(exception.GetType().Name)
            ? new JobOutcome.Discard(error)
            : new JobOutcome.Failure(error, null);
    }

    /// <summary>The wait before the next attempt, by the failed one's exception.</summary>
    public static Backoff BackoffFor(JobOutcome outcome, KindOptions options) =>
        outcome is JobOutcome.Failure { Error.Type: var type } && options.BackoffByException.TryGetValue(type[(type.LastIndexOf('.') + 1)..], out var special)
            ? special
            : options.Backoff;

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + " ...";
}
