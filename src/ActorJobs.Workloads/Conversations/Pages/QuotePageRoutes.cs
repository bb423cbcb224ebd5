using ActorJobs.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Conversations.Pages;

/// <summary>The page of a quote. Its address holds 128 random bits: who has it may read it.</summary>
internal static class QuotePageRoutes
{
    public static void MapQuotePages(this RouteGroupBuilder pages) => pages.MapGet("/quotes/{id}", ShowAsync).AllowEverybody();

    private static async Task<IResult> ShowAsync(string id, QuoteReading quotes, CancellationToken cancellationToken) =>
        await quotes.FindAsync(id, cancellationToken) is { Revisions.Count: > 0 } issued
            ? new RazorComponentResult<QuotePage>(new { Issued = issued })
            : Problems.NotFound("There is no such quote.");
}
