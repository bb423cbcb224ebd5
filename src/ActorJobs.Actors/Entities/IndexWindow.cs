using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Entities;

/// <summary>
/// The first part of an index in memory, bounded. The owner of a shard is the only writer of its indexes, so it sees every change and reads the
/// store only when the window has run empty while more is known to be there: memory is that of the window, however long the index is.
/// The window always is a gapless beginning of the index (less what was taken out), plus what was put in while a page is being read.
/// </summary>
/// <param name="limit">How many entries are kept.</param>
public sealed class IndexWindow(int limit)
{
    private readonly SortedSet<StoredEntry> entries = new(Order.Instance);
    private readonly Dictionary<EntityKey, StoredEntry> byKey = [];
    private bool isComplete; // whether the index holds nothing beyond the window

    /// <summary>How many entries are in memory.</summary>
    public int Count => entries.Count;

    /// <summary>Whether a page is being read.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Whether the index may hold entries beyond the window.</summary>
    public bool HasMore => !isComplete;

    /// <summary>Whether the store must be asked for a page, which begins the index.</summary>
    public bool NeedsPage => entries.Count == 0 && !isComplete && !IsReading;

    /// <summary>The first entry, or null.</summary>
    public StoredEntry? First => entries.Count == 0 ? null : entries.Min;

    /// <summary>The entries in order.</summary>
    public IEnumerable<StoredEntry> Entries => entries;

    /// <summary>Notes where an entity now is in the index.</summary>
    /// <returns>Whether it is in the window.</returns>
    public bool Put(EntityKey key, long sort, string? value = null)
    {
        Remove(key);
        var entry = new StoredEntry(key, sort, value);
        if (!IsReading && !isComplete && (entries.Count == 0 || Order.Instance.Compare(entry, entries.Max) > 0))
            return false; // what lies between the window's end and this entry is not known: it comes with a later page
        entries.Add(entry);
        byKey[key] = entry;
        if (entries.Count <= limit || IsReading)
            return true;
        isComplete = false;
        var last = entries.Max;
        Remove(last.Key);
        return last.Key != key;
    }

    /// <summary>Notes that an entity has left the index, or takes it out for the caller to deal with.</summary>
    public bool Remove(EntityKey key) => byKey.Remove(key, out var entry) && entries.Remove(entry);

    /// <summary>Says that a page is being read: what is put in from now on is kept until the page is there, for the page may lack it.</summary>
    public void BeginPage() => IsReading = true;

    /// <summary>Says that the page could not be read.</summary>
    public void AbandonPage() => IsReading = false;

    /// <summary>Takes in a page read from the index's beginning.</summary>
    /// <param name="page">The entries; what was put in meanwhile is newer and wins.</param>
    /// <param name="isLast">Whether the index had no more.</param>
    public void AddPage(IEnumerable<StoredEntry> page, bool isLast)
    {
        StoredEntry? end = null;
        foreach (var entry in page)
        {
            end = entry;
            if (byKey.TryAdd(entry.Key, entry))
                entries.Add(entry);
        }

        IsReading = false;
        isComplete = isLast;
        while (!isLast && end is { } last && entries.Count > 0 && Order.Instance.Compare(entries.Max, last) > 0)
            Remove(entries.Max.Key); // put in meanwhile, behind the page's end: a later page has it
    }

    /// <summary>Drops everything: the index has to be read again.</summary>
    public void Forget()
    {
        entries.Clear();
        byKey.Clear();
        isComplete = false;
    }

    private sealed class Order : IComparer<StoredEntry>
    {
        public static Order Instance { get; } = new();

        public int Compare(StoredEntry x, StoredEntry y) =>
            x.Sort != y.Sort ? x.Sort.CompareTo(y.Sort)
            : string.CompareOrdinal(x.Key.Kind, y.Key.Kind) is var kind and not 0 ? kind
            : string.CompareOrdinal(x.Key.Id, y.Key.Id);
    }
}
