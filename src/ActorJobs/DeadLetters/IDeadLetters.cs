namespace ActorJobs;

/// <summary>Looks at dead letters together.</summary>
public interface IDeadLetters
{
    /// <summary>
    /// The dead letters that match, grouped by what their errors have in common, the largest group first. Looks at the newest
    /// <see cref="DeadLetterGroups.MaxExamined"/> of them at most, whatever is stored.
    /// </summary>
    /// <param name="filter">Which of them. Its state is not looked at: dead letters are the discarded ones.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<DeadLetterGroups> GroupAsync(JobFilter filter, CancellationToken cancellationToken = default);
}

/// <summary>Dead letters by what their errors have in common.</summary>
/// <param name="Items">The groups, the largest first; at most <see cref="MaxGroups"/>.</param>
/// <param name="Examined">How many dead letters were looked at: the newest.</param>
/// <param name="IsCut">Whether there are older ones that were not looked at, so that counts are lower bounds.</param>
/// <param name="Omitted">How many groups, smaller than those listed, were left out.</param>
public sealed record DeadLetterGroups(IReadOnlyList<DeadLetterGroup> Items, int Examined, bool IsCut, int Omitted)
{
    /// <summary>How many dead letters are looked at.</summary>
    public const int MaxExamined = 10_000;

    /// <summary>How many groups are listed.</summary>
    public const int MaxGroups = 200;
}

/// <summary>Dead letters of one cause, as far as their errors tell.</summary>
/// <param name="Signature">What the errors have in common.</param>
/// <param name="Count">How many there are among those looked at.</param>
/// <param name="Kinds">The kinds of the jobs, by name; at most 20.</param>
/// <param name="Queues">Their queues, by name; at most 20.</param>
/// <param name="FirstSeen">When the earliest of them ended.</param>
/// <param name="LastSeen">When the latest of them ended.</param>
/// <param name="Sample">The latest of them.</param>
public sealed record DeadLetterGroup(
    ErrorSignature Signature, int Count, IReadOnlyList<string> Kinds, IReadOnlyList<string> Queues, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, JobId Sample);
