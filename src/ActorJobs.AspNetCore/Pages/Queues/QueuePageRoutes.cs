using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore.Pages.Queues;

/// <summary>The page of queues and pools, its live fragments and its buttons.</summary>
internal static class QueuePageRoutes
{
    public static void MapQueuePage(this RouteGroupBuilder pages)
    {
        pages.MapGet("/queues", ShowAsync);
        pages.MapGet("/_live/queues", Watch);
        Map("pause", new QueueChange(Paused: true));
        Map("resume", new QueueChange(Paused: false, Draining: false));
        Map("drain", new QueueChange(Draining: true));
        pages.MapPost("/queues/{name}/capacity", SetCapacityAsync).RequireRole(AccessRole.Admin).Audit("queue.change");
        pages.MapPost("/queues/{name}/limits", SetLimitsAsync).RequireRole(AccessRole.Admin).Audit("queue.change");
        pages.MapPost("/breakers/{name}/open", (string name, IQueueControl control, PageState page, CancellationToken cancellationToken) =>
            SetBreakerAsync(name, open: true, control, page, cancellationToken)).Audit("breaker.open");
        pages.MapPost("/breakers/{name}/close", (string name, IQueueControl control, PageState page, CancellationToken cancellationToken) =>
            SetBreakerAsync(name, open: false, control, page, cancellationToken)).Audit("breaker.close");
        pages.MapPost("/pools/{name}/size", ResizeAsync).RequireRole(AccessRole.Admin).Audit("pool.resize");

        void Map(string verb, QueueChange change) => pages.MapPost(
            "/queues/{name}/" + verb,
            (string name, IQueueControl control, PageState page, CancellationToken cancellationToken) => ApplyAsync(name, change, control, page, cancellationToken))
            .Audit("queue." + verb);
    }

    private static async Task<RazorComponentResult> ShowAsync(IJobQueries queries, CancellationToken cancellationToken) =>
        new RazorComponentResult<QueuesPage>(new { Stats = await queries.StatsAsync(cancellationToken) });

    private static LiveFragments<StatsView> Watch(IJobQueries queries) => new(queries.WatchStatsAsync, (stats, _) =>
        ValueTask.FromResult<IReadOnlyList<LiveFragment>>(
        [
            LiveFragment.Of<QueueTable>("queues", nameof(QueueTable.Queues), stats.Queues),
            LiveFragment.Of<BreakerTable>("breakers", nameof(BreakerTable.Breakers), stats.Breakers),
            LiveFragment.Of<PoolTable>("pools", nameof(PoolTable.Pools), stats.Pools),
        ]));

    private static async Task<IResult> SetCapacityAsync(string name, HttpContext context, IQueueControl control, PageState page)
    {
        if (!long.TryParse(context.Request.Form["capacity"], NumberStyles.None, CultureInfo.InvariantCulture, out var capacity))
            return new ProblemPageResult(Problems.Invalid("out-of-range", "The capacity is a whole number of jobs, 0 or more."));
        AuditNote.Add(context, details: string.Create(CultureInfo.InvariantCulture, $"capacity {capacity}"));
        return await ApplyAsync(name, new QueueChange(Capacity: capacity), control, page, context.RequestAborted);
    }

    private static async Task<IResult> SetLimitsAsync(string name, HttpContext context, IQueueControl control, PageState page)
    {
        var form = context.Request.Form;
        var change = new QueueChange
        {
            Rate = form["rate"],
            Concurrency = NumberIn(form["concurrency"]),
            KeyRate = form["keyRate"],
            KeyConcurrency = NumberIn(form["keyConcurrency"]),
        };
        if (change.Problem() is var (_, rule))
            return new ProblemPageResult(Problems.Invalid("out-of-range", rule));
        AuditNote.Add(context, details: string.Create(
            CultureInfo.InvariantCulture, $"rate {change.Rate}, concurrency {change.Concurrency}, key rate {change.KeyRate}, key concurrency {change.KeyConcurrency}"));
        return await ApplyAsync(name, change, control, page, context.RequestAborted);
    }

    private static int? NumberIn(string? text) =>
        string.IsNullOrEmpty(text) ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private static async Task<IResult> SetBreakerAsync(string name, bool open, IQueueControl control, PageState page, CancellationToken cancellationToken)
    {
        if (!JobKind.IsValidName(name))
            return new ProblemPageResult(Problems.NotFound($"There is no dependency '{name}'."));
        await control.SetBreakerAsync(name, open, cancellationToken);
        return page.SeeOther("/queues");
    }

    private static async Task<IResult> ResizeAsync(string name, HttpContext context, IQueueControl control, PageState page)
    {
        if (!int.TryParse(context.Request.Form["size"], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > PoolEndpoints.MaxSize)
            return new ProblemPageResult(Problems.Invalid("out-of-range", $"A pool has 1 to {PoolEndpoints.MaxSize} slots."));
        AuditNote.Add(context, details: string.Create(CultureInfo.InvariantCulture, $"size {size}"));
        return await control.ResizePoolAsync(name, size, context.RequestAborted) is null
            ? new ProblemPageResult(Problems.NotFound($"There is no pool '{name}'."))
            : page.SeeOther("/queues");
    }

    private static async Task<IResult> ApplyAsync(string name, QueueChange change, IQueueControl control, PageState page, CancellationToken cancellationToken)
    {
        if (!JobKind.IsValidName(name))
            return new ProblemPageResult(Problems.NoSuchQueue(name));
        await control.ChangeQueueAsync(name, change, cancellationToken);
        return page.SeeOther("/queues");
    }
}
