using System.Text.Json.Serialization;
using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Postings;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>The body of <c>POST /scrapes</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ScrapeRequest(IReadOnlyList<string>? Companies, bool Enrich = false, string? User = null)
{
    private const int MaxUser = 100;

    public ApiProblem? Problem(ScrapingOptions options)
    {
        if (User is { Length: 0 or > MaxUser })
            return Problems.Invalid("invalid-user", "user: 1 to 100 characters.", "/user");
        return CompanyUrls.Problem(Companies, options.MaxCompanies) is { } problem ? Problems.Invalid("invalid-companies", problem, "/companies") : null;
    }
}

/// <summary>The answer to <c>POST /scrapes</c>.</summary>
internal sealed record ScrapeAccepted(string Id, RunState State, string Durability);

/// <summary>A part of a list, and the cursor of the next part.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A posting in the answer of <c>GET /postings</c>.</summary>
internal sealed record PostingItem(long Id, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, DateTimeOffset? ClosedAt, Posting Posting)
{
    public static PostingItem Of(StoredPosting stored) => new(stored.Id, stored.FirstSeen, stored.LastSeen, stored.ClosedAt, stored.Posting);
}
