namespace ActorJobs.Actors.Entities;

/// <summary>What must be removed and added to get from one list of entries to another. The lists are short.</summary>
internal static class IndexChanges
{
    public static (IReadOnlyList<IndexEntry> Removed, IReadOnlyList<IndexEntry> Added) Between(
        IReadOnlyList<IndexEntry> before, IReadOnlyList<IndexEntry> after) =>
        before.Count == 0 ? ([], after) : (Missing(before, after), Missing(after, before));

    private static List<IndexEntry> Missing(IReadOnlyList<IndexEntry> of, IReadOnlyList<IndexEntry> from)
    {
        var missing = new List<IndexEntry>(of.Count);
        foreach (var entry in of)
        {
            if (!Contains(from, entry))
                missing.Add(entry);
        }

        return missing;
    }

    private static bool Contains(IReadOnlyList<IndexEntry> list, IndexEntry wanted)
    {
        foreach (var entry in list)
        {
            if (entry == wanted)
                return true;
        }

        return false;
    }
}
