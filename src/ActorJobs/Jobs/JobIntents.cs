using ActorJobs.Actors.Entities;

namespace ActorJobs.Jobs;

/// <summary>What must be under way for a job in a state: where it is listed, when it wakes or ends, which key it holds.</summary>
internal static class JobIntents
{
    public static Intents Of(JobState state)
    {
        if (state.Spec is not { } spec)
            return Intents.None;
        var keyPeriodEnd = KeyPeriodEnd(state);
        return new Intents
        {
            Entries = JobIndex.EntriesOf(state, spec),
            WakeAt = WakeAt(state, spec, keyPeriodEnd),
            DeleteAt = state.FinishedAt is { } finished && keyPeriodEnd is null && !state.OwesReport ? finished + RetentionOf(state, spec) : null,
            UniqueKey = KeyOf(state),
            Outbox = state.OwesReport ? [JobReport.Of(state, spec)] : [],
        };
    }

    /// <summary>The unique key the job holds, or null.</summary>
    public static string? KeyOf(JobState state) => state.Spec?.Unique is { } rule && HoldsKey(state, rule) ? rule.Key : null;

    /// <summary>When a key held for a period is to be given back, while it is held.</summary>
    public static DateTimeOffset? KeyPeriodEnd(JobState state) =>
        state is { KeyReleased: false, Spec.Unique: { Scope: UniqueScope.Period, Period: { } period } } ? state.CreatedAt + period : null;

    private static bool HoldsKey(JobState state, UniqueRule rule) => rule.Scope switch
    {
        UniqueScope.UntilFinished => !state.Status.IsTerminal(),
        UniqueScope.UntilStarted => !state.Status.IsTerminal() && state.Attempt == 0 && state.Running is null,
        _ => !state.KeyReleased,
    };

    private static DateTimeOffset? WakeAt(JobState state, JobSpec spec, DateTimeOffset? keyPeriodEnd)
    {
        if (state.Running is not null)
            return keyPeriodEnd;
        var wake = state.Status is JobStatus.Scheduled or JobStatus.Retryable ? state.Since : (DateTimeOffset?)null;
        if (state is { Attempt: 0, FinishedAt: null })
            wake = Earlier(wake, spec.StartBy);
        return Earlier(wake, keyPeriodEnd);
    }

    private static TimeSpan RetentionOf(JobState state, JobSpec spec) =>
        state.Status == JobStatus.Discarded ? spec.DeadLetterRetention : spec.Retention;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null || one < other ? one : other;
}
