using ActorJobs.Actors.Entities;

namespace ActorJobs.Pools;

/// <summary>
/// Outcomes that their jobs could not take, for a reason of the job's own: its history cannot be read, or its decider fails. They are tried ever more rarely: that
/// ends with whoever mends the job, and until then nobody is served by a read of it four times a second. Used in a pool's turns.
/// </summary>
internal sealed class RefusedOutcomes
{
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    private List<WaitingOutcomes> waiting = []; // no more outcomes than a pool may have unsettled

    /// <summary>When the next of them should be sent; null when there are none.</summary>
    public DateTimeOffset? Next => waiting.Count == 0 ? null : waiting.Min(group => group.Due);

    /// <summary>How long to wait after so many refusals.</summary>
    public static TimeSpan WaitAfter(int tries) => FirstWait * Math.Pow(2, Math.Min(tries, 10) - 1) is var wait && wait < MaxWait ? wait : MaxWait;

    public void Add(int shard, IReadOnlyList<RefusedOutcome> outcomes, int tries, DateTimeOffset now) =>
        waiting.Add(new(shard, [.. outcomes.Select(outcome => outcome.Command)], tries, now + WaitAfter(tries)));

    /// <summary>Takes out what is due.</summary>
    public IReadOnlyList<WaitingOutcomes> TakeDue(DateTimeOffset now)
    {
        var due = waiting.Where(group => group.Due <= now).ToArray();
        if (due.Length > 0)
            waiting = [.. waiting.Where(group => group.Due > now)];
        return due;
    }
}

/// <summary>An outcome, as it is to be sent again, and why its job did not take it.</summary>
internal readonly record struct RefusedOutcome(EntityCommand Command, string Reason);

/// <summary>Outcomes of a shard's jobs that wait for their next try.</summary>
internal sealed record WaitingOutcomes(int Shard, List<EntityCommand> Commands, int Tries, DateTimeOffset Due);
