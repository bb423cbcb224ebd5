namespace ActorJobs.Tests.Bulk;

/// <summary>Which bulk actions can be asked for.</summary>
public sealed class BulkRequestTests
{
    [Theory]
    [InlineData(BulkVerb.Retry, 1, 0.5, 0.01, true, null)]
    [InlineData(BulkVerb.Dismiss, 100_000, 1.0, null, false, null)]
    [InlineData(BulkVerb.Retry, 0, null, null, false, "limit")]
    [InlineData(BulkVerb.Retry, 100_001, null, null, false, "limit")]
    [InlineData(BulkVerb.Retry, null, 0.0, null, false, "sample")]
    [InlineData(BulkVerb.Retry, null, 1.1, null, false, "sample")]
    [InlineData(BulkVerb.Retry, null, null, 0.0, false, "perSecond")]
    [InlineData(BulkVerb.Retry, null, null, 10_001.0, false, "perSecond")]
    [InlineData(BulkVerb.Cancel, null, null, 1.0, false, "perSecond")]
    [InlineData(BulkVerb.Promote, null, null, null, true, "edit")]
    public void What_is_wrong_is_named(BulkVerb verb, int? limit, double? sample, double? perSecond, bool isEdit, string? field)
    {
        var request = new BulkRequest(verb, new JobFilter(Queue: "q"))
        {
            Limit = limit,
            Sample = sample,
            PerSecond = perSecond,
            Edit = isEdit ? RawJson.Parse("{}") : null,
        };

        Assert.Equal(field, request.Problem()?.Field);
    }
}
