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
        for (var i = 0; i < of.Count; i++) // a foreach over the interface would allocate, and this runs for every commit
        {
            if (!Contains(from, of[i]))
                missing.Add(of[i]);
        }

        return missing;
    }

    private static bool Contains(IReadOnlyList<IndexEntry> list, IndexEntry wanted)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] == wanted)
                return true;
        }

        return false;
    }
}
