namespace ActorJobs.Workloads.Scraping.Postings;

/// <summary>A posting in the store.</summary>
/// <param name="Id">Its number; larger is newer.</param>
/// <param name="FirstSeen">When a run first found it.</param>
/// <param name="LastSeen">When a run last found it.</param>
/// <param name="Posting">What it says.</param>
public sealed record StoredPosting(long Id, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, Posting Posting);

/// <summary>What to look for. All given filters must hold.</summary>
internal sealed record PostingQuery
{
    /// <summary>Words; each must occur. Words in quotation marks must occur side by side, a word ending in <c>*</c> is a beginning.</summary>
    public string? Text { get; init; }

    public string? Company { get; init; }

    public bool? Remote { get; init; }

    public string? Language { get; init; }

    public int Limit { get; init; } = 50;

    public PostingCursor? After { get; init; }
}

/// <summary>A page of postings, and where the next one begins.</summary>
internal sealed record PostingPage(IReadOnlyList<StoredPosting> Items, PostingCursor? Next);
