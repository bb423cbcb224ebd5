using ActorJobs.AspNetCore.Pages.Layout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore.Pages.Jobs;

/// <summary>The lists of jobs.</summary>
internal static class JobListRoutes
{
    private const int PageSize = 50;

    // a list that changes faster than people read is no help
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    public static void MapJobList(this RouteGroupBuilder pages)
    {
        pages.MapGet("/jobs", ShowAsync);
        pages.MapGet("/_live/jobs", Watch);
    }

    private static async Task<IResult> ShowAsync([AsParameters] JobListQuery query, IJobQueries queries, CancellationToken cancellationToken)
    {
        if (!query.TryRead(out var view, out var problem))
            return new ProblemPageResult(problem);
        try
        {
            return new RazorComponentResult<JobsPage>(new
            {
                View = view,
                Jobs = await queries.ListAsync(view.Filter, view.Cursor, PageSize, cancellationToken),
                (await queries.StatsAsync(cancellationToken)).States,
            });
        }
        catch (FormatException)
        {
            return new ProblemPageResult(Problems.Invalid("invalid-cursor", "This link to a page of the list is broken. Begin at the newest jobs."));
        }
    }

    private static IResult Watch([AsParameters] JobListQuery query, IJobQueries queries)
    {
        if (!query.TryRead(out var view, out var problem))
            return problem;
        var last = (At: DateTimeOffset.MinValue, Page: new JobPage([], null));
        return new LiveFragments<StatsView>(queries.WatchStatsAsync, async (stats, cancellationToken) =>
        {
            if (stats.At - last.At >= Pace)
                last = (stats.At, await queries.ListAsync(view.Filter, null, PageSize, cancellationToken));
            return
            [
                new LiveFragment("states", typeof(StateTiles), new Dictionary<string, object?>
                {
                    [nameof(StateTiles.States)] = stats.States,
                    [nameof(StateTiles.Current)] = view.Filter.State,
                    [nameof(StateTiles.Query)] = view.QueryWithoutState(),
                }),
                new LiveFragment("list", typeof(JobTable), new Dictionary<string, object?>
                {
                    [nameof(JobTable.Jobs)] = last.Page,
                    [nameof(JobTable.View)] = view,
                }),
            ];
        });
    }
}
