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
    private readonly HashSet<EntityKey> goneWhileReading = []; // the page may still have them
    private bool isComplete; // whether the index holds nothing beyond the window
    private StoredEntry? knownEnd; // of the window when the page was asked for
    private bool isPageStale; // whether the window was forgotten since the page was asked for

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
        goneWhileReading.Remove(key);
        if (!IsReading)
            Trim();
        return byKey.ContainsKey(key);
    }

    /// <summary>Notes that an entity has left the index, or takes it out for the caller to deal with.</summary>
    public bool Remove(EntityKey key)
    {
        if (IsReading)
            goneWhileReading.Add(key);
        return byKey.Remove(key, out var entry) && entries.Remove(entry);
    }

    /// <summary>Says that a page is being read: what is put in from now on is kept until the page is there, for the page may lack it.</summary>
    public void BeginPage()
    {
        IsReading = true;
        knownEnd = entries.Count == 0 ? null : entries.Max;
    }

    /// <summary>Says that the page could not be read. What was put in meanwhile behind the window's end goes: what lies between is not known.</summary>
    public void AbandonPage()
    {
        IsReading = false;
        if (isPageStale)
            Forget();
        else if (!isComplete)
            CutBehind(knownEnd);
        goneWhileReading.Clear();
    }

    /// <summary>Takes in a page read from the index's beginning.</summary>
    /// <param name="page">The entries; what was put in or removed meanwhile is newer and wins.</param>
    /// <param name="isLast">Whether the index had no more.</param>
    public void AddPage(IEnumerable<StoredEntry> page, bool isLast)
    {
        IsReading = false;
        if (isPageStale)
        {
            Forget();
            return;
        }

        StoredEntry? end = null;
        foreach (var entry in page)
        {
            end = entry;
            if (!goneWhileReading.Contains(entry.Key) && byKey.TryAdd(entry.Key, entry))
                entries.Add(entry);
        }

        goneWhileReading.Clear();
        isComplete = isLast;
        if (!isLast)
            CutBehind(end); // put in meanwhile: a later page has it
        Trim();
    }

    /// <summary>Drops everything, also a page that is being read: the index has to be read again.</summary>
    public void Forget()
    {
        entries.Clear();
        byKey.Clear();
        goneWhileReading.Clear();
        isComplete = false;
        isPageStale = IsReading;
    }

    private void CutBehind(StoredEntry? end)
    {
        while (entries.Count > 0 && (end is not { } last || Order.Instance.Compare(entries.Max, last) > 0))
            Remove(entries.Max.Key);
    }

    private void Trim()
    {
        while (entries.Count > limit)
        {
            isComplete = false;
            Remove(entries.Max.Key);
        }
    }

    private sealed class Order : IComparer<StoredEntry>
    {
        public static Order Instance { get; } = new();

        public int Compare(StoredEntry x, StoredEntry y) => IndexOrder.Instance.Compare(new(x.Sort, x.Key), new(y.Sort, y.Key));
    }
}
