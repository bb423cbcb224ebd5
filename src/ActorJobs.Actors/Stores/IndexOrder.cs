namespace ActorJobs.Actors.Stores;

/// <summary>The order of an index's entries: by sort, then kind, then id, by their UTF-8 bytes as every store has them.</summary>
internal sealed class IndexOrder : IComparer<IndexPosition>
{
    public static IndexOrder Instance { get; } = new();

    public int Compare(IndexPosition x, IndexPosition y) =>
        x.Sort != y.Sort ? x.Sort.CompareTo(y.Sort)
        : Compare(x.Key.Kind, y.Key.Kind) is var kind and not 0 ? kind
        : Compare(x.Key.Id, y.Key.Id);

    private static int Compare(string x, string y)
    {
        var same = x.AsSpan().CommonPrefixLength(y);
        return same == x.Length || same == y.Length ? x.Length.CompareTo(y.Length) : InUtf8(x[same]).CompareTo(InUtf8(y[same]));
    }

    // UTF-16 has what lies beyond it (surrogates, D800 to DFFF) before E000 to FFFF, UTF-8 behind
    private static int InUtf8(char unit) => unit < 0xD800 ? unit : unit < 0xE000 ? unit + 0x2000 : unit - 0x800;
}
