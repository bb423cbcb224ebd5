using System.Buffers;
using System.Numerics.Tensors;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// The nearest passages, nearly always: looks into the lists whose centroids are nearest, takes the candidates that differ in the fewest bits, and compares those exactly.
/// How often it misses what the exact scan finds is measured in docs/documents.md.
/// </summary>
internal sealed class ListsScan(ListsFile lists, VectorFile vectors)
{
    /// <summary>Which share of all vectors is looked at by its bits.</summary>
    public double ProbeShare { get; init; } = 0.3;

    /// <summary>How many are compared exactly.</summary>
    public int Candidates { get; init; } = 1000;

    /// <param name="query">The query's unit vector.</param>
    /// <param name="count">How many to find.</param>
    /// <param name="filter">Which passages may be found; null for all. Then every list is looked into: few may pass.</param>
    public IReadOnlyList<Ranked> Rank(ReadOnlySpan<float> query, int count, PassageFilter? filter)
    {
        var order = Nearest(query);
        var wanted = Math.Max(Candidates, count * 4);
        var enough = filter is null ? (int)Math.Max(wanted * 4L, lists.Count * ProbeShare) : lists.Count;
        var rows = ArrayPool<int>.Shared.Rent(lists.Count);
        var distances = ArrayPool<ushort>.Shared.Rent(lists.Count);
        try
        {
            var seen = Probe(query, order, enough, rows, distances);
            if (filter is not null)
                seen = Keep(filter, rows, distances, seen);
            return Compare(query, count, rows.AsSpan(0, seen), distances.AsSpan(0, seen), wanted);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
            ArrayPool<ushort>.Shared.Return(distances);
        }
    }

    private int[] Nearest(ReadOnlySpan<float> query)
    {
        var (order, scores) = (new int[lists.Lists], new float[lists.Lists]);
        for (var list = 0; list < order.Length; list++)
            (order[list], scores[list]) = (list, -TensorPrimitives.Dot(query, lists.Centroid(list)));
        Array.Sort(scores, order);
        return order;
    }

    private int Probe(ReadOnlySpan<float> query, int[] order, int enough, int[] rows, ushort[] distances)
    {
        Span<ulong> code = stackalloc ulong[SignCode.Words(lists.Dimensions)];
        SignCode.Write(query, lists.Mean, code);
        var seen = 0;
        foreach (var list in order)
        {
            if (seen >= enough)
                break;
            var length = lists.Length(list);
            lists.Rows(list).CopyTo(rows.AsSpan(seen));
            SignCode.Distances(code, lists.Codes(list), distances.AsSpan(seen, length));
            seen += length;
        }

        return seen;
    }

    private static int Keep(PassageFilter filter, int[] rows, ushort[] distances, int seen)
    {
        var kept = 0;
        for (var index = 0; index < seen; index++)
        {
            if (filter.Allows(rows[index]))
                (rows[kept], distances[kept++]) = (rows[index], distances[index]);
        }

        return kept;
    }

    private List<Ranked> Compare(ReadOnlySpan<float> query, int count, ReadOnlySpan<int> rows, ReadOnlySpan<ushort> distances, int wanted)
    {
        var limit = Limit(distances, wanted);
        var top = new TopRanking(count);
        for (var index = 0; index < rows.Length; index++)
        {
            if (distances[index] > limit)
                continue;
            var score = TensorPrimitives.Dot(query, vectors[rows[index]]);
            // a score of nothing in common is no find
            if (score > 0)
                top.Offer(rows[index], score);
        }

        return [.. top.ToList()];
    }

    /// <summary>The distance that as many as are wanted are within.</summary>
    private int Limit(ReadOnlySpan<ushort> distances, int wanted)
    {
        Span<int> counts = stackalloc int[SignCode.Words(lists.Dimensions) * 64 + 1];
        counts.Clear();
        foreach (var distance in distances)
            counts[distance]++;
        var limit = 0;
        for (var within = counts[0]; within < wanted && limit + 1 < counts.Length;)
            within += counts[++limit];
        return limit;
    }
}
