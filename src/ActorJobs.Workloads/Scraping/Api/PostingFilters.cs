using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Postings;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>The filters of postings as an address has them; all given ones must hold.</summary>
public sealed record PostingFilters
{
    private const int MaxText = 1_000;

    /// <summary>Words; each must occur.</summary>
    public string? Q { get; init; }

    /// <summary>The company's whole name, in any case.</summary>
    public string? Company { get; init; }

    /// <summary>Whether remote work is offered, or ruled out.</summary>
    public bool? Remote { get; init; }

    /// <summary>An ISO 639-1 code.</summary>
    public string? Language { get; init; }

    /// <summary>Whether the posting is still there, or gone.</summary>
    public bool? Open { get; init; }

    /// <summary>A part of a place.</summary>
    public string? Location { get; init; }

    /// <summary>A kind of employment.</summary>
    public EmploymentType? Type { get; init; }

    /// <summary>As enrichment found it.</summary>
    public Seniority? Seniority { get; init; }

    /// <summary>As enrichment found it, in any case.</summary>
    public string? Skill { get; init; }

    /// <summary>The first day of publication that counts.</summary>
    public DateOnly? PostedSince { get; init; }

    /// <summary>Null when all are acceptable.</summary>
    internal ApiProblem? Problem()
    {
        if (Q?.Length > MaxText)
            return Problems.Invalid("invalid-query", "q: at most 1000 characters.", "q");
        if (Unknown("type", Type) is { } type)
            return type;
        if (Unknown("seniority", Seniority) is { } seniority)
            return seniority;
        var isTooLong = new[] { Company, Language, Location, Skill }.Any(text => text?.Length > MaxText);
        return isTooLong ? Problems.Invalid("invalid-filter", "Filters have at most 1000 characters each.") : null;
    }

    // a number is taken for a member of an enum, whether there is such a member or not
    private static ApiProblem? Unknown<T>(string field, T? value)
        where T : struct, Enum =>
        value is { } given && !Enum.IsDefined(given)
            ? Problems.Invalid($"unknown-{field}", $"There is no {field} '{given}'. Allowed: {string.Join(", ", Enum.GetNames<T>())}.", field)
            : null;

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
