using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Scraping;

/// <summary>A job posting as read from a page, brought to one form whatever the page's. What is null was not stated or could not be read.</summary>
public sealed record Posting
{
    /// <summary>The job's title.</summary>
    public required string Title { get; init; }

    /// <summary>The hiring organisation's name.</summary>
    public string? Company { get; init; }

    /// <summary>Places of work, for instance <c>Berlin, DE</c>.</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];

    /// <summary>Whether the work can be done from elsewhere.</summary>
    public bool? Remote { get; init; }

    /// <summary>Full time, part time and so on; several are possible.</summary>
    public IReadOnlyList<EmploymentType> EmploymentTypes { get; init; } = [];

    /// <summary>The pay.</summary>
    public Salary? Salary { get; init; }

    /// <summary>The day it was published.</summary>
    public DateOnly? PostedOn { get; init; }

    /// <summary>The last day one can apply.</summary>
    public DateOnly? ValidThrough { get; init; }

    /// <summary>The description as plain text, at most 32 000 characters.</summary>
    public string? DescriptionText { get; init; }

    /// <summary>The description as HTML out of a few harmless elements, at most 64 000 characters; safe to show.</summary>
    public string? DescriptionHtml { get; init; }

    /// <summary>Where to apply.</summary>
    public Uri? ApplyUrl { get; init; }

    /// <summary>The page it was read from.</summary>
    public required Uri SourceUrl { get; init; }

    /// <summary>The page's one address, as it declares it: what postings are told apart by.</summary>
    public required Uri CanonicalUrl { get; init; }

    /// <summary>The language of the posting, an ISO 639-1 code such as <c>en</c>.</summary>
    public string? Language { get; init; }

    /// <summary>How it was read.</summary>
    public required ExtractionMethod ExtractedBy { get; init; }

    /// <summary>What could not be read, field by field.</summary>
    public IReadOnlyList<FieldIssue> Issues { get; init; } = [];

    /// <summary>What enrichment added, if it ran.</summary>
    public PostingEnrichment? Enrichment { get; init; }
}

/// <summary>A field that could not be read.</summary>
/// <param name="Field">The field's name in camel case.</param>
/// <param name="Problem"><c>missing</c>, or what was found instead.</param>
public sealed record FieldIssue(string Field, string Problem);

/// <summary>Pay, in whole or fractional units of the currency. One bound may be unknown.</summary>
/// <param name="Min">The lower bound.</param>
/// <param name="Max">The upper bound.</param>
/// <param name="Currency">ISO 4217, if it was stated without ambiguity.</param>
/// <param name="Period">What the pay is for, if stated.</param>
public sealed record Salary(decimal? Min, decimal? Max, string? Currency, SalaryPeriod? Period);

/// <summary>What a salary is paid for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SalaryPeriod>))]
public enum SalaryPeriod
{
    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A week.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A year.</summary>
    Year,
}

/// <summary>The kinds of employment schema.org knows for <c>employmentType</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmploymentType>))]
public enum EmploymentType
{
    /// <summary>Full time.</summary>
    FullTime,

    /// <summary>Part time.</summary>
    PartTime,

    /// <summary>Freelance or contract work.</summary>
    Contractor,

    /// <summary>For a limited time.</summary>
    Temporary,

    /// <summary>An internship or apprenticeship.</summary>
    Intern,

    /// <summary>Unpaid.</summary>
    Volunteer,

    /// <summary>Paid by the day.</summary>
    PerDiem,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>How a posting was read from its page.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExtractionMethod>))]
public enum ExtractionMethod
{
    /// <summary>From a <c>JobPosting</c> in JSON-LD.</summary>
    JsonLd,

    /// <summary>From the public feed of an applicant-tracking board.</summary>
    Board,

    /// <summary>From a <c>JobPosting</c> in microdata.</summary>
    Microdata,

    /// <summary>From a <c>JobPosting</c> in RDFa.</summary>
    Rdfa,

    /// <summary>From headings, labels and lists.</summary>
    Heuristics,
}
