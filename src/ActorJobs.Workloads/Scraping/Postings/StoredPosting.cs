namespace ActorJobs.Workloads.Scraping.Postings;

/// <summary>A posting in the store.</summary>
/// <param name="Id">Its number; larger is newer.</param>
/// <param name="FirstSeen">When a run first found it.</param>
/// <param name="LastSeen">When a run last found it.</param>
/// <param name="Posting">What it says.</param>
/// <param name="ClosedAt">When a run first found it gone; null while it is open.</param>
public sealed record StoredPosting(long Id, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, Posting Posting, DateTimeOffset? ClosedAt = null);

/// <summary>What to look for. All given filters must hold.</summary>
internal sealed record PostingQuery
{
    /// <summary>Words; each must occur. Words in quotation marks must occur side by side, a word ending in <c>*</c> is a beginning.</summary>
    public string? Text { get; init; }

    public string? Company { get; init; }

    public bool? Remote { get; init; }

    public string? Language { get; init; }

    /// <summary>Only open ones, only closed ones, or both.</summary>
    public bool? Open { get; init; }

    /// <summary>A part of a place's name.</summary>
    public string? Location { get; init; }

    public EmploymentType? Type { get; init; }

    public Seniority? Seniority { get; init; }

    /// <summary>A skill that enrichment found.</summary>
    public string? Skill { get; init; }

    public DateOnly? PostedSince { get; init; }

    public int Limit { get; init; } = 50;

    public PostingCursor? After { get; init; }
}

/// <summary>A page of postings, and where the next one begins.</summary>
internal sealed record PostingPage(IReadOnlyList<StoredPosting> Items, PostingCursor? Next);
