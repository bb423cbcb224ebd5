using ActorJobs.Workloads.Scraping.Postings;
using ActorJobs.Workloads.Scraping.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Scraping.Pages;

/// <summary>The pages of postings.</summary>
internal static class PostingPageRoutes
{
    private const int MaxText = 1_000;

    public static void MapPostingPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/postings", Search);
        pages.MapGet("/postings/{id:long}", Show);
    }

    // a cursor or text that makes no sense shows the beginning: a page has nobody to tell off
    private static RazorComponentResult Search(ScrapingDatabase database, string? q = null, string? company = null, string? cursor = null)
    {
        PostingCursor? after = null;
        _ = cursor is not null && PostingCursor.TryParse(cursor, out after);
        var text = q?.Length > MaxText ? q[..MaxText] : q;
        var query = new PostingQuery { Text = text, Company = string.IsNullOrWhiteSpace(company) ? null : company.Trim(), After = after };
        var page = database.Read(connection => PostingTable.Search(connection, query));
        return new RazorComponentResult(typeof(PostingsPage), new { page.Items, Next = page.Next?.ToString(), Text = text, query.Company });
    }

    private static RazorComponentResult Show(long id, ScrapingDatabase database) =>
        database.Read(connection => PostingTable.Find(connection, id)) is { } stored
            ? new RazorComponentResult<PostingDetailPage>(new { Stored = stored })
            : new RazorComponentResult(typeof(PostingsPage), new { Items = Array.Empty<StoredPosting>() }) { StatusCode = StatusCodes.Status404NotFound };
}
