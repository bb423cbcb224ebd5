using System.Runtime.CompilerServices;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Bulk;

/// <summary>Finds the jobs of a bulk action page by page, in an order in which no job that the action has changed comes up again.</summary>
internal static class BulkSelection
{
    private const int Draws = 1_000_003; // a prime: no number of shards goes into it

    /// <summary>Reads the pages from a place on. A page may be empty and still have a next one.</summary>
    public static async IAsyncEnumerable<BulkPage> ReadAsync(
        IJobQueries queries, BulkRequest request, BulkPlace from, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filters = FiltersOf(request);
        var states = BulkRequest.StatesOf(request.Action);
        for (var place = from; place.Filter < filters.Count;)
        {
            var page = await queries.ListAsync(filters[place.Filter], place.Cursor, pageSize, cancellationToken).ConfigureAwait(false);
            place = page.Next is null ? new BulkPlace(place.Filter + 1, null) : place with { Cursor = page.Next };
            yield return new BulkPage([.. page.Items.Where(job => states.Contains(job.State) && IsDrawn(job.Id, request.Sample))], place, place.Filter >= filters.Count);
        }
    }

    /// <summary>Whether a job is in a sample: by its id alone, so that the preview, the action and its next attempt mean the same jobs.</summary>
    public static bool IsDrawn(JobId id, double? sample) =>
        sample is not { } share || ShardHash.Of(id.Value, Draws) < share * Draws;

    /// <summary>A list per state; by tag or by another action, whose lists hold all states, one.</summary>
    private static IReadOnlyList<JobFilter> FiltersOf(BulkRequest request)
    {
        var states = BulkRequest.StatesOf(request.Action);
        return request.Filter switch
        {
            { State: { } state } => states.Contains(state) ? [request.Filter] : [],
            { Tag: not null } or { ActionId: not null } => [request.Filter],
            _ => [.. states.Select(state => request.Filter with { State = state })],
        };
    }
}

/// <summary>Where a bulk action is: in which of its lists, and behind which entry of it.</summary>
internal readonly record struct BulkPlace(int Filter, string? Cursor);

/// <summary>A page of jobs that the action can change.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Next">Where the next page begins.</param>
/// <param name="IsLast">Whether there is none.</param>
internal sealed record BulkPage(IReadOnlyList<JobView> Jobs, BulkPlace Next, bool IsLast);
