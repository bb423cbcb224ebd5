using ActorJobs.Workloads.Scraping.Api;
using ActorJobs.Workloads.Scraping.Postings;
using ActorJobs.Workloads.Scraping.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Scraping.Pages;

/// <summary>The pages of postings.</summary>
internal static class PostingPageRoutes
{
    private const int MaxText = 1_000;
    private const int Shown = 50;

    public static void MapPostingPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/postings", Search);
        pages.MapGet("/postings/{id:long}", Show);
    }

    // a cursor or text that makes no sense shows the beginning: a page has nobody to tell off
    private static RazorComponentResult Search(
        ScrapingDatabase database, string? q = null, string? company = null, string? location = null, string? skill = null, string? remote = null,
        string? type = null, string? seniority = null, string? state = null, string? cursor = null)
    {
        PostingCursor? after = null;
        _ = cursor is not null && PostingCursor.TryParse(cursor, out after);
        // an empty choice of the form means "any"
        var filters = new PostingFilters
        {
            Q = Short(q),
            Company = Short(company),
            Remote = bool.TryParse(remote, out var isRemote) ? isRemote : null,
            Location = Short(location),
            Skill = Short(skill),
            Type = Enum.TryParse<EmploymentType>(type, out var employment) && Enum.IsDefined(employment) ? employment : null,
            Seniority = Enum.TryParse<Seniority>(seniority, out var level) && Enum.IsDefined(level) ? level : null,
            Open = state switch { "closed" => false, "any" => null, _ => true },
        };
        var page = database.Search(filters.ToQuery(Shown, after));
        return new RazorComponentResult(typeof(PostingsPage), new { page.Items, Next = page.Next?.ToString(), Filters = filters });
    }

    private static string? Short(string? text) => text?.Length > MaxText ? text[..MaxText] : text;

    private static RazorComponentResult Show(long id, ScrapingDatabase database) =>
        database.Read(connection => PostingTable.Find(connection, id)) is { } stored
            ? new RazorComponentResult<PostingDetailPage>(new { Stored = stored })
            : new RazorComponentResult(typeof(PostingsPage), new { Items = Array.Empty<StoredPosting>() }) { StatusCode = StatusCodes.Status404NotFound };
}
