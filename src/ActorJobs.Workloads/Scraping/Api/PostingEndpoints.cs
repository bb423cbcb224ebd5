using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Postings;
using ActorJobs.Workloads.Scraping.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>Searches the postings.</summary>
internal static class PostingEndpoints
{
    public static void MapPostings(this RouteGroupBuilder api)
    {
        var postings = api.MapGroup("/postings").WithTags("Scraping");
        postings.MapGet("", Search);
        postings.MapGet("/{id:long}", Find);
    }

    private static Results<Ok<Page<PostingItem>>, ApiProblem> Search(
        ScrapingDatabase database, string? q = null, string? company = null, bool? remote = null, string? language = null, string? cursor = null, int limit = 50)
    {
        if (limit is < 1 or > ScrapeProblems.MaxLimit)
            return ScrapeProblems.Limit();
        if (q?.Length > 1_000)
            return Problems.Invalid("invalid-query", "q: at most 1000 characters.", "q");
        PostingCursor? after = null;
        if (cursor is not null && !PostingCursor.TryParse(cursor, out after))
            return ScrapeProblems.Cursor();

        var query = new PostingQuery { Text = q, Company = company, Remote = remote, Language = language, Limit = limit, After = after };
        var page = database.Read(connection => PostingTable.Search(connection, query));
        return TypedResults.Ok(new Page<PostingItem>([.. page.Items.Select(PostingItem.Of)], page.Next?.ToString()));
    }

    private static Results<Ok<PostingItem>, ApiProblem> Find(long id, ScrapingDatabase database) =>
        database.Read(connection => PostingTable.Find(connection, id)) is { } found
            ? TypedResults.Ok(PostingItem.Of(found))
            : Problems.NotFound(FormattableString.Invariant($"There is no posting {id}."));
}
