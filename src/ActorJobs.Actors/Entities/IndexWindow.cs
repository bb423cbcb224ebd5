using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Entities;

/// <summary>
/// The first part of an index in memory, bounded. The owner of a shard is the only writer of its indexes, so it sees every change and reads the
/// store only when the window runs low while more is known to be there: memory is that of the window, however long the index is, and no entry is
/// read twice. Up to <see cref="End"/> the window holds all that the index does, less what was taken out; behind it only what was put in while a
/// page was being read.
/// </summary>
/// <param name="limit">How many entries are kept.</param>
public sealed class IndexWindow(int limit)
{
    private readonly SortedSet<StoredEntry> entries = new(Order.Instance);
    private readonly Dictionary<EntityKey, StoredEntry> byKey = [];
    private readonly HashSet<EntityKey> goneWhileReading = []; // the page may still have them
    private bool discardsPage; // the page being read begins where the window no longer ends

    /// <summary>How many entries are in memory.</summary>
    public int Count => entries.Count;

    /// <summary>Whether a page is being read.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Whether the index may hold entries beyond the window.</summary>
    public bool HasMore { get; private set; } = true;

    /// <summary>Up to where the window is complete, and behind where the next page begins; null for the index's beginning.</summary>
    public IndexPosition? End { get; private set; }

    /// <summary>Whether the store must be asked for a page.</summary>
    public bool NeedsPage => entries.Count == 0 && HasMore && !IsReading;

    /// <summary>The first entry, or null.</summary>
    public StoredEntry? First => entries.Count == 0 ? null : entries.Min;

    /// <summary>An entity's entry, or null when it is not in memory.</summary>
    public StoredEntry? Find(EntityKey key) => byKey.TryGetValue(key, out var entry) ? entry : null;

    /// <summary>The entries in order.</summary>
    public IEnumerable<StoredEntry> Entries => entries;

    /// <summary>Notes where an entity now is in the index.</summary>
    public void Put(EntityKey key, long sort, string? value = null)
    {
        Remove(key);
        var entry = new StoredEntry(key, sort, value);
        if (HasMore && !IsReading && IsBehindEnd(entry))
            return; // what lies between the end and this entry is not known: it comes with a later page
        Insert(entry);
        if (entries.Count <= limit || IsReading)
            return;
        Remove(entries.Max.Key);
        HasMore = true;
        End = PositionOf(entries.Max);
    }

    /// <summary>Notes that an entity has left the index, or takes it out for the caller to deal with.</summary>
    public bool Remove(EntityKey key)
    {
        if (IsReading)
            goneWhileReading.Add(key);
        return byKey.Remove(key, out var entry) && entries.Remove(entry);
    }

    /// <summary>
    /// Says that the page behind <see cref="End"/> is being read: what is put in from now on is kept until the page is there, for the page may lack it.
    /// </summary>
    public void BeginPage() => IsReading = true;

    /// <summary>Says that the page could not be read.</summary>
    public void AbandonPage()
    {
        (IsReading, discardsPage) = (false, false);
        goneWhileReading.Clear();
        if (HasMore)
            DropBehindEnd();
    }

    /// <summary>Takes in the page behind <see cref="End"/>.</summary>
    /// <param name="page">The entries; what was put in or has left meanwhile is newer and wins.</param>
    /// <param name="isLast">Whether the index had no more.</param>
    public void AddPage(IReadOnlyList<StoredEntry> page, bool isLast)
    {
        if (discardsPage)
        {
            AbandonPage();
            return;
        }

        foreach (var entry in page)
        {
            if (!goneWhileReading.Contains(entry.Key) && !byKey.ContainsKey(entry.Key))
                Insert(entry);
        }

        IsReading = false;
        goneWhileReading.Clear();
        HasMore = !isLast;
        if (page.Count > 0)
            End = PositionOf(page[^1]);
        if (!isLast)
            DropBehindEnd();
    }

    /// <summary>Drops everything: the index has to be read again from its beginning.</summary>
    public void Forget()
    {
        entries.Clear();
        byKey.Clear();
        goneWhileReading.Clear();
        HasMore = true;
        End = null;
        discardsPage = IsReading;
    }

    private static IndexPosition PositionOf(in StoredEntry entry) => new(entry.Sort, entry.Key);

    private bool IsBehindEnd(in StoredEntry entry) =>
        End is not { } end || Order.Instance.Compare(entry, new StoredEntry(end.Key, end.Sort, null)) > 0;

    private void Insert(in StoredEntry entry)
    {
        entries.Add(entry);
        byKey[entry.Key] = entry;
        goneWhileReading.Remove(entry.Key);
    }

    private void DropBehindEnd()
    {
        while (entries.Count > 0 && IsBehindEnd(entries.Max))
            Remove(entries.Max.Key);
    }

    private sealed class Order : IComparer<StoredEntry>
    {
        public static Order Instance { get; } = new();

        public int Compare(StoredEntry x, StoredEntry y) => IndexOrder.Instance.Compare(PositionOf(x), PositionOf(y));
    }
}
