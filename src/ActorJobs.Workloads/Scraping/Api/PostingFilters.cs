using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Postings;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>The filters of postings as an address has them; all given ones must hold.</summary>
/// <param name="Q">Words; each must occur.</param>
/// <param name="Company">The company's whole name, in any case.</param>
/// <param name="Remote">Whether remote work is offered, or ruled out.</param>
/// <param name="Language">An ISO 639-1 code.</param>
/// <param name="Open">Whether the posting is still there, or gone.</param>
/// <param name="Location">A part of a place.</param>
/// <param name="Type">A kind of employment.</param>
/// <param name="Seniority">As enrichment found it.</param>
/// <param name="Skill">As enrichment found it, in any case.</param>
/// <param name="PostedSince">The first day of publication that counts.</param>
public sealed record PostingFilters(
    string? Q = null, string? Company = null, bool? Remote = null, string? Language = null, bool? Open = null, string? Location = null,
    EmploymentType? Type = null, Seniority? Seniority = null, string? Skill = null, DateOnly? PostedSince = null)
{
    private const int MaxText = 1_000;

    /// <summary>Null when all are acceptable.</summary>
    internal ApiProblem? Problem()
    {
        if (Q?.Length > MaxText)
            return Problems.Invalid("invalid-query", "q: at most 1000 characters.", "q");
        var isTooLong = new[] { Company, Language, Location, Skill }.Any(text => text?.Length > MaxText);
        return isTooLong ? Problems.Invalid("invalid-filter", "Filters have at most 1000 characters each.") : null;
    }

    internal PostingQuery ToQuery(int limit, PostingCursor? after) => new()
    {
        Text = Q,
        Company = Given(Company),
        Remote = Remote,
        Language = Given(Language),
        Open = Open,
        Location = Given(Location),
        Type = Type,
        Seniority = Seniority,
        Skill = Given(Skill),
        PostedSince = PostedSince,
        Limit = limit,
        After = after,
    };

    // a form sends its empty fields, too
    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
