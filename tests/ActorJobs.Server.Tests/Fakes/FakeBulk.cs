namespace ActorJobs.Server.Tests;

/// <summary>Takes note of bulk actions; seven jobs match every filter.</summary>
public sealed class FakeBulk : IBulkActions
{
    public List<BulkRequest> Started { get; } = [];

    public ValueTask<BulkPreview> PreviewAsync(BulkRequest request, CancellationToken cancellationToken = default) => new(new BulkPreview(7, true, []));

    public ValueTask<SubmitResult> StartAsync(BulkRequest request, CancellationToken cancellationToken = default)
    {
        Started.Add(request);
        return new(new SubmitResult.Accepted(new JobId("bulk-1"), JobStatus.Available, "memory", IsNew: true));
    }
}
