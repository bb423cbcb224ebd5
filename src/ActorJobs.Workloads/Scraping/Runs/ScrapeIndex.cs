using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>The lists scrapes are in, each by the time of their start: all, those that ended, each user's, and each user's by state for the counts.</summary>
internal static class ScrapeIndex
{
    public const string All = "scrape";
    public const string Ended = "scrape-ended";

    public static string Of(string user) => $"scrape-user/{Uri.EscapeDataString(user)}";

    /// <summary>What the names of a user's lists by state begin with; the user's name has no slash there.</summary>
    public static string StatesOf(string user) => $"scrape-state/{Uri.EscapeDataString(user)}/";

    public static IReadOnlyList<IndexEntry> EntriesOf(ScrapeState state)
    {
        var sort = (state.CreatedAt.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond; // below 2^53
        var entries = new List<IndexEntry>(4) { new(All, sort) };
        if (state.FinishedAt is not null)
            entries.Add(new IndexEntry(Ended, sort));
        if (state.User is { } user)
            entries.AddRange([new IndexEntry(Of(user), sort), new IndexEntry(StatesOf(user) + state.State, sort)]);
        return entries;
    }
}
