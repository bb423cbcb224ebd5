namespace ActorJobs.Pools;

/// <summary>What an exception says about an attempt.</summary>
internal static class AttemptErrors
{
    private const int MaxStack = 16 * 1024;
    private const int MaxMessage = 4 * 1024;

    public static JobError Of(Exception exception) =>
        new(exception.GetType().FullName!, Cut(exception.Message, MaxMessage), exception.StackTrace is null ? null : Cut(exception.ToString(), MaxStack));

    /// <summary>
    /// The executor boundary: what user code throws is its attempt's outcome. Permanent errors end the job; the others are retried, after the wait that the kind sets
    /// for the exception's type.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="options">The kind's.</param>
    /// <param name="isCancelled">Whether the attempt was told to stop: giving up is then its answer, and no error.</param>
    public static JobOutcome OutcomeOf(Exception exception, KindOptions options, bool isCancelled = false) => exception switch
    {
        OperationCanceledException when isCancelled => JobOutcome.Cancelled(),
        PermanentJobException => new JobOutcome.Discard(Of(exception)),
        _ when options.PermanentExceptions.Contains(exception.GetType().Name) => new JobOutcome.Discard(Of(exception)),
        _ => new JobOutcome.Failure(Of(exception), null),
    };

    /// <summary>The wait before the next attempt, by the failed one's exception.</summary>
    public static Backoff BackoffFor(JobOutcome outcome, KindOptions options) =>
        outcome is JobOutcome.Failure { Error.Type: var type } && options.BackoffByException.TryGetValue(type[(type.LastIndexOf('.') + 1)..], out var special)
            ? special
            : options.Backoff;

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + " ...";
}
