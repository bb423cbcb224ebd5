namespace ActorJobs;

/// <summary>Acts upon many jobs at once, in the background.</summary>
public interface IBulkActions
{
    /// <summary>The kind of the jobs that carry actions out. Those that take one back have the tag <c>undo</c>.</summary>
    const string Kind = "builtin.bulk";

    /// <summary>How long an action can be taken back after it has ended.</summary>
    static readonly TimeSpan UndoWindow = TimeSpan.FromHours(24);

    /// <summary>How many jobs the action would change, and the first of them. Costs at most 10 000 jobs looked at, whatever is stored.</summary>
    ValueTask<BulkPreview> PreviewAsync(BulkRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Submits the job that carries the action out. It acts upon jobs as they were when it was submitted, on each at most once, and goes on after a restart.
    /// </summary>
    ValueTask<SubmitResult> StartAsync(BulkRequest request, CancellationToken cancellationToken = default);

    /// <summary>What <see cref="UndoAsync"/> would change now.</summary>
    ValueTask<BulkUndoResult> PreviewUndoAsync(JobId action, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes an action back: its jobs are again as they were, but for those to which something has happened since. An action under way is stopped first. In the
    /// background, as an action of its own; possible for <see cref="UndoWindow"/>.
    /// </summary>
    /// <param name="action">The job that carried it out.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<BulkUndoResult> UndoAsync(JobId action, string? reason = null, CancellationToken cancellationToken = default);
}

/// <summary>What an action would change now.</summary>
/// <param name="Count">How many jobs.</param>
/// <param name="IsLowerBound">Whether there may be more than were counted.</param>
/// <param name="Sample">The first of them, at most 10.</param>
public sealed record BulkPreview(long Count, bool IsLowerBound, IReadOnlyList<JobView> Sample)
{
    /// <summary>What an edit would make of the arguments of the jobs of the sample.</summary>
    public IReadOnlyList<BulkEdit> Edits { get; init; } = [];

    /// <summary>How many of <see cref="Edits"/> would be refused: their jobs stay as they are.</summary>
    public int RefusedEdits => Edits.Count(edit => edit.Problem is not null);
}

/// <summary>What an edit makes of a job's arguments.</summary>
/// <param name="Id">The job.</param>
/// <param name="Before">Its arguments.</param>
/// <param name="After">What they would become.</param>
public sealed record BulkEdit(JobId Id, RawJson Before, RawJson After)
{
    /// <summary>Why the job would refuse them, as it does when it is retried with them; null when they fit, or when only other nodes know its kind.</summary>
    public JobProblem? Problem { get; init; }
}

/// <summary>What became of the wish to take an action back.</summary>
public abstract record BulkUndoResult
{
    private BulkUndoResult()
    {
    }

    /// <summary>There is no such action, or no longer.</summary>
    public sealed record NotFound : BulkUndoResult;

    /// <summary>It cannot be taken back.</summary>
    /// <param name="Code">A stable word: <c>undo-of-undo</c> or <c>undo-too-late</c>.</param>
    /// <param name="Reason">Why not.</param>
    public sealed record Refused(string Code, string Reason) : BulkUndoResult;

    /// <summary>It can be, or is being.</summary>
    /// <param name="Preview">What can be taken back now.</param>
    /// <param name="Submitted">The job that does it; null for a preview.</param>
    public sealed record Possible(BulkPreview Preview, SubmitResult? Submitted) : BulkUndoResult;
}
