namespace ActorJobs.Server.Tests;

/// <summary>Takes note of bulk actions; seven jobs match every filter.</summary>
public sealed class FakeBulk : IBulkActions
{
    public List<BulkRequest> Started { get; } = [];

    public ValueTask<BulkPreview> PreviewAsync(BulkRequest request, CancellationToken cancellationToken = default) => new(new BulkPreview(7, true, []));

    public ValueTask<BulkUndoResult> PreviewUndoAsync(JobId action, CancellationToken cancellationToken = default) =>
        new(new BulkUndoResult.Possible(new BulkPreview(7, true, []), null));

    public ValueTask<BulkUndoResult> UndoAsync(JobId action, string? reason = null, CancellationToken cancellationToken = default) =>
        new(new BulkUndoResult.Refused("undo-too-late", "too late"));

    public ValueTask<SubmitResult> StartAsync(BulkRequest request, CancellationToken cancellationToken = default)
    {
        Started.Add(request);
        return new(new SubmitResult.Accepted(new JobId("bulk-1"), JobStatus.Available, "memory", IsNew: true));
    }
}
