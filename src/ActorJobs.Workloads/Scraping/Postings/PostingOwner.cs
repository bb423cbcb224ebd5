using ActorJobs.Workloads.Scraping.Crawling;

namespace ActorJobs.Workloads.Scraping.Postings;

/// <summary>
/// Who may change a stored posting. Words prove nothing: anyone can copy a posting and put an address of their own under "apply". What counts is where a posting was read.
/// </summary>
internal static class PostingOwner
{
    /// <summary>Whether <paramref name="found"/>, at an address of <paramref name="known"/>, is that posting as it is now.</summary>
    /// <remarks>
    /// A page speaks for the addresses of its own site (<see cref="Parsing.PageContext.Canonical"/>). A board's feed names addresses that its customers choose, so it speaks only for
    /// what it said itself.
    /// </remarks>
    public static bool MayReplaceByAddress(Posting known, Posting found) =>
        SiteScope.IsSame(known.CanonicalUrl, found.CanonicalUrl) && (found.ExtractedBy != ExtractionMethod.Board || IsSameSource(known, found));

    /// <summary>Whether <paramref name="found"/>, of the same words, is <paramref name="known"/> at another address: only from the same site, or the same account of a board.</summary>
    public static bool MayReplaceByWords(Posting known, Posting found) => SiteScope.IsSame(known.CanonicalUrl, found.CanonicalUrl) && IsSameSource(known, found);

    /// <summary>Whether a posting was read on the site that its address belongs to, and not in a feed, whose host the accounts share.</summary>
    public static bool HoldsItsAddress(Posting posting) => posting.ExtractedBy != ExtractionMethod.Board && SiteScope.IsSame(posting.SourceUrl, posting.CanonicalUrl);

    private static bool IsSameSource(Posting known, Posting found) => (known.ExtractedBy == ExtractionMethod.Board, found.ExtractedBy == ExtractionMethod.Board) switch
    {
        // accounts share the host of the board's API and differ in the path
        (true, true) => known.SourceUrl.Authority == found.SourceUrl.Authority && known.SourceUrl.AbsolutePath == found.SourceUrl.AbsolutePath,
        (false, false) => SiteScope.IsSame(known.SourceUrl, found.SourceUrl),
        _ => false,
    };
}
