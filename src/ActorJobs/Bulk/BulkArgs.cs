namespace ActorJobs.Bulk;

/// <summary>What to do, upon which jobs.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Filter">Which jobs.</param>
/// <param name="Reason">Why.</param>
/// <param name="AsOf">When it was asked for: jobs that came to their state later are left alone.</param>
internal sealed record BulkArgs(BulkVerb Action, BulkArgsFilter Filter, string? Reason, DateTimeOffset AsOf)
{
    public RawJson? Edit { get; init; }

    public int? Limit { get; init; }

    public double? Sample { get; init; }

    public double? PerSecond { get; init; }

    public static BulkArgs Of(BulkRequest request, DateTimeOffset asOf) => new(request.Action, BulkArgsFilter.Of(request.Filter), request.Reason, asOf)
    {
        Edit = request.Edit,
        Limit = request.Limit,
        Sample = request.Sample,
        PerSecond = request.PerSecond,
    };

    public BulkRequest ToRequest() => new(Action, Filter.ToFilter(), Reason)
    {
        Edit = Edit is { IsNull: false } ? Edit : null, // stored JSON does not tell null from none
        Limit = Limit,
        Sample = Sample,
        PerSecond = PerSecond,
    };
}

/// <summary>A filter as it is stored.</summary>
internal sealed record BulkArgsFilter(JobStatus? State, string? Queue, string? Kind, string? Tag, string? Tenant, string? Signature = null, string? ActionId = null)
{
    public static BulkArgsFilter Of(JobFilter filter) =>
        new(filter.State, filter.Queue, filter.Kind, filter.Tag, filter.Tenant, filter.Signature, filter.ActionId);

    public JobFilter ToFilter() => new(State, Queue, Kind, Tag, Tenant) { Signature = Signature, ActionId = ActionId };
}

/// <summary>Where it is.</summary>
/// <param name="Filter">In which of its lists.</param>
/// <param name="Cursor">Behind which entry of it.</param>
/// <param name="Changed">Jobs changed so far.</param>
/// <param name="Refused">Jobs not changed so far.</param>
/// <param name="NextAt">With a rate: when the next job is to run.</param>
internal sealed record BulkProgress(int Filter, string? Cursor, int Changed, int Refused, DateTimeOffset? NextAt = null);

/// <summary>What it did.</summary>
/// <param name="Changed">Jobs that the action changed.</param>
/// <param name="Refused">Jobs that had changed by themselves before the action came to them.</param>
/// <param name="LimitReached">Whether it ended at the limit; ask once more for the rest.</param>
internal sealed record BulkResult(int Changed, int Refused, bool LimitReached);
