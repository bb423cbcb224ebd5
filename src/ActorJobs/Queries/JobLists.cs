using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;

namespace ActorJobs.Queries;

/// <summary>
/// Lists jobs from the indexes: state by state, each merged over queues and shards; or by tag or tenant where those are asked for. What no index
/// answers is filtered on the jobs read, of which a page looks at a bounded number.
/// </summary>
internal sealed class JobLists(IEntityStore store, int shards)
{
    private const int MaxExamined = 4000;
    private const int Levels = 10; // priorities

    // what is under way first, then what waits, then what has ended
    private static readonly JobStatus[] Order =
    [
        JobStatus.Running, JobStatus.Available, JobStatus.Retryable, JobStatus.Scheduled, JobStatus.Waiting,
        JobStatus.Discarded, JobStatus.Cancelled, JobStatus.Expired, JobStatus.Completed,
    ];

    public async ValueTask<JobPage> ListAsync(JobFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var position = JobCursor.Parse(cursor);
        var lists = await ListsForAsync(filter, cancellationToken).ConfigureAwait(false);
        var items = new List<JobView>(limit);
        var examined = 0;
        foreach (var list in lists.Where(list => list.Rank >= position.List))
        {
            var after = list.Rank == position.List ? position.After : null;
            while (true)
            {
                var page = await MergeAsync(list, after, limit - items.Count, cancellationToken).ConfigureAwait(false);
                await AddMatchesAsync(page, filter, items, cancellationToken).ConfigureAwait(false);
                examined += page.Count;
                if (page.Count == 0)
                    break;
                after = new IndexPosition(page[^1].Sort, page[^1].Key);
                if (items.Count >= limit || examined >= MaxExamined)
                    return new JobPage(items, new JobCursor(list.Rank, after).ToString());
            }
        }

        return new JobPage(items, null);
    }

    private async ValueTask<IReadOnlyList<MergedList>> ListsForAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        if (filter.ActionId is { } action)
            return [new(0, [JobIndex.OfAction(action)], IsAscending: false)];
        if (filter.Tag is { } tag)
            return [new(0, [JobIndex.OfTag(tag)], IsAscending: false)];
        if (filter.Tenant is { } tenant)
            return [new(0, [filter.State is { } state ? JobIndex.OfTenant(tenant, state) : JobIndex.OfTenant(tenant)], IsAscending: false)];
        var counts = await store.CountAsync(JobIndex.Prefix, cancellationToken).ConfigureAwait(false);
        var names = counts.Keys.Select(name => (Name: name, Of: JobIndex.Parse(name)))
            .Where(item => (filter.State is null || item.Of.Status == filter.State) && (filter.Queue is null || item.Of.Queue == filter.Queue))
            .ToLookup(item => (item.Of.Status, item.Of.Priority), item => item.Name);
        return
        [
            .. from rank in Enumerable.Range(0, Order.Length * Levels)
               let status = Order[rank / Levels]
               let level = (status, Levels - 1 - (rank % Levels))
               where names.Contains(level)
               select new MergedList(rank, [.. names[level]], JobIndex.IsAscending(status)),
        ];
    }

    private ValueTask<IReadOnlyList<StoredEntry>> MergeAsync(MergedList list, IndexPosition? after, int limit, CancellationToken cancellationToken) =>
        MergedIndex.ReadAsync(store, shards, new MergedQuery(list.Indexes, limit) { After = after, Descending = !list.IsAscending }, cancellationToken);

    private async ValueTask AddMatchesAsync(
        IReadOnlyList<StoredEntry> page, JobFilter filter, List<JobView> items, CancellationToken cancellationToken)
    {
        EntityKey[] keys = [.. page.Select(entry => entry.Key)];
        foreach (var entity in await store.ReadAsync(keys, cancellationToken).ConfigureAwait(false))
        {
            if (entity is null)
                continue;
            var view = JobViews.Summary(new JobId(entity.Key.Id), JobReading.StateOf(entity));
            if (Matches(view, filter))
                items.Add(view);
        }
    }

    private static bool Matches(JobView view, JobFilter filter) =>
        (filter.State is null || view.State == filter.State)
        && (filter.Queue is null || view.Queue == filter.Queue)
        && (filter.Kind is null || view.Kind == filter.Kind)
        && (filter.Tenant is null || view.Tenant == filter.Tenant)
        && (filter.Tag is null || view.Tags.Contains(filter.Tag))
        && (filter.ActionId is null || view.ActionId == filter.ActionId)
        && (filter.Signature is null || (view.Error is { } error && ErrorSignature.Of(error).Id == filter.Signature));

    /// <summary>Lists read as one.</summary>
    /// <param name="Rank">Its place among all that there can be: a cursor still means the same list when others have come or gone.</param>
    /// <param name="Indexes">The indexes, each on every shard.</param>
    /// <param name="IsAscending">Whether it is read from its beginning.</param>
    private sealed record MergedList(int Rank, IReadOnlyList<string> Indexes, bool IsAscending);
}
