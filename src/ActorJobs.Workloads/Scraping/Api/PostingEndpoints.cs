using System.Globalization;
using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Postings;
using ActorJobs.Workloads.Scraping.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>Searches and exports the postings.</summary>
internal static class PostingEndpoints
{
    public static void MapPostings(this RouteGroupBuilder api)
    {
        var postings = api.MapGroup("/postings").WithTags("Scraping");
        postings.MapGet("", Search);
        postings.MapGet("/export", Export);
        postings.MapGet("/{id}", Find);
    }

    private static Results<Ok<Page<PostingItem>>, ApiProblem> Search(
        ScrapingDatabase database, [AsParameters] PostingFilters filters, string? cursor = null, int limit = 50)
    {
        if (limit is < 1 or > ScrapeProblems.MaxLimit)
            return ScrapeProblems.Limit();
        if (filters.Problem() is { } problem)
            return problem;
        PostingCursor? after = null;
        if (cursor is not null && !PostingCursor.TryParse(cursor, out after))
            return ScrapeProblems.Cursor();

        var page = database.Search(filters.ToQuery(limit, after));
        return TypedResults.Ok(new Page<PostingItem>([.. page.Items.Select(PostingItem.Of)], page.Next?.ToString()));
    }

    private static IResult Export(ScrapingDatabase database, [AsParameters] PostingFilters filters, string format = "json") =>
        !Enum.TryParse<ExportFormat>(format, ignoreCase: true, out var known) || !Enum.IsDefined(known) ? ScrapeProblems.Format()
        : filters.Problem() is { } problem ? problem
        : new PostingExport(database, filters.ToQuery(1, null), known);

    private static Results<Ok<PostingItem>, ApiProblem> Find(string id, ScrapingDatabase database) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && database.Read(connection => PostingTable.Find(connection, number)) is { } found
            ? TypedResults.Ok(PostingItem.Of(found))
            : Problems.NotFound($"There is no posting '{id}'.");
}
