using System.Globalization;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>Reads scrapes straight from the store: no owner is asked, any node can answer.</summary>
internal sealed class ScrapeReading(IEntityStore store, int shards)
{
    private static readonly EntityKind<ScrapeState, ScrapeCommand, ScrapeEvent> Kind = ScrapeEntity.Define();

    /// <summary>The scrape as it is, or null when there is none.</summary>
    public async ValueTask<ScrapeState?> StateAsync(string id, CancellationToken cancellationToken = default) =>
        JobId.IsValid(id) && await StoredState.ReadAsync(store, Kind, id, cancellationToken) is { Exists: true } state ? state : null;

    /// <summary>The scrape with its companies as others see it, or null when there is none.</summary>
    public async ValueTask<ScrapeRun?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        await StateAsync(id, cancellationToken) is { } state ? ScrapeViews.Of(id, state) : null;

    /// <summary>Scrapes of a user or of all, newest first, without their companies.</summary>
    public async ValueTask<ScrapePage> ListAsync(string? user, IndexPosition? after, int limit, CancellationToken cancellationToken)
    {
        var entries = await EntriesAsync(user is null ? ScrapeIndex.All : ScrapeIndex.Of(user), after, limit + 1, isDescending: true, cancellationToken);
        var items = new List<ScrapeRun>(limit);
        await foreach (var (id, state) in StoredState.ReadAllAsync(store, Kind, entries.Take(limit).Select(entry => entry.Key.Id), cancellationToken))
        {
            if (state.Exists)
                items.Add(ScrapeViews.Summary(id, state));
        }

        return new ScrapePage(items, entries.Count > limit ? ScrapeCursor.Write(entries[limit - 1]) : null);
    }

    /// <summary>How many of a user's scrapes are in each state; states without any are left out.</summary>
    public async ValueTask<IReadOnlyDictionary<string, long>> CountByStateAsync(string user, CancellationToken cancellationToken)
    {
        var prefix = ScrapeIndex.StatesOf(user);
        var counts = await store.CountAsync(prefix, cancellationToken);
        return counts.Where(entry => entry.Value > 0).ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);
    }

    /// <summary>How many of a user's scrapes have not ended.</summary>
    public async ValueTask<long> CountOpenAsync(string user, CancellationToken cancellationToken)
    {
        var counts = await CountByStateAsync(user, cancellationToken);
        return counts.GetValueOrDefault(nameof(RunState.Queued)) + counts.GetValueOrDefault(nameof(RunState.Running));
    }

    /// <summary>The oldest ended scrapes above <paramref name="keep"/>, at most <paramref name="most"/>.</summary>
    public async ValueTask<IReadOnlyList<string>> SurplusAsync(int keep, int most, CancellationToken cancellationToken)
    {
        var surplus = (await store.CountAsync(ScrapeIndex.Ended, cancellationToken)).GetValueOrDefault(ScrapeIndex.Ended) - keep;
        return surplus <= 0
            ? []
            : [.. (await EntriesAsync(ScrapeIndex.Ended, null, (int)Math.Min(surplus, most), isDescending: false, cancellationToken)).Select(entry => entry.Key.Id)];
    }

    private ValueTask<IReadOnlyList<StoredEntry>> EntriesAsync(
        string index, IndexPosition? after, int limit, bool isDescending, CancellationToken cancellationToken) =>
        MergedIndex.ReadAsync(store, shards, new MergedQuery([index], limit) { After = after, Descending = isDescending }, cancellationToken);
}

/// <summary>A part of a list, and the cursor of the next part; null at the end.</summary>
internal sealed record ScrapePage(IReadOnlyList<ScrapeRun> Items, string? Next);

/// <summary>A place in a list of scrapes as callers get and give it.</summary>
internal static class ScrapeCursor
{
    public static string Write(StoredEntry last) => string.Create(CultureInfo.InvariantCulture, $"{last.Sort}.{last.Key.Id}");

    /// <summary>False for what no list gave; nothing means the beginning.</summary>
    public static bool TryRead(string? text, out IndexPosition? position)
    {
        position = null;
        if (string.IsNullOrEmpty(text))
            return true;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || !long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var sort) || !JobId.IsValid(text[(dot + 1)..]))
            return false;
        position = new IndexPosition(sort, ScrapeEntity.Key(text[(dot + 1)..]));
        return true;
    }
}
