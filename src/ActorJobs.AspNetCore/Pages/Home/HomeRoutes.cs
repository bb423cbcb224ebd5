using ActorJobs.AspNetCore.Pages.Layout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore.Pages.Home;

/// <summary>The first page and its live fragments.</summary>
internal static class HomeRoutes
{
    private const int Failures = 8;

    public static void MapHome(this RouteGroupBuilder pages)
    {
        pages.MapGet("/", ShowAsync);
        pages.MapGet("/_live/home", Watch);
    }

    private static async Task<RazorComponentResult> ShowAsync(IJobQueries queries, CancellationToken cancellationToken) =>
        new RazorComponentResult<HomePage>(new
        {
            Stats = await queries.StatsAsync(cancellationToken),
            Failures = await FailuresAsync(queries, cancellationToken),
        });

    private static LiveFragments<StatsView> Watch(IJobQueries queries)
    {
        // asked for again only when their number changed
        (long Count, IReadOnlyList<JobView> Jobs) failures = (-1, []);
        return new LiveFragments<StatsView>(queries.WatchStatsAsync, async (stats, cancellationToken) =>
        {
            var count = stats.States.GetValueOrDefault(JobStatus.Discarded);
            if (count != failures.Count)
                failures = (count, await FailuresAsync(queries, cancellationToken));
            return
            [
                LiveFragment.Of<Activity>("activity", nameof(Activity.Stats), stats),
                LiveFragment.Of<StateTiles>("states", nameof(StateTiles.States), stats.States),
                LiveFragment.Of<QueueSummary>("queues", nameof(QueueSummary.Queues), stats.Queues),
                LiveFragment.Of<PoolSummary>("pools", nameof(PoolSummary.Pools), stats.Pools),
                LiveFragment.Of<RecentFailures>("failures", nameof(RecentFailures.Jobs), failures.Jobs),
            ];
        });
    }

    private static async ValueTask<IReadOnlyList<JobView>> FailuresAsync(IJobQueries queries, CancellationToken cancellationToken) =>
        (await queries.ListAsync(new JobFilter(JobStatus.Discarded), null, Failures, cancellationToken)).Items;
}
