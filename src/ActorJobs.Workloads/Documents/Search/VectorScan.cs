using System.Numerics.Tensors;

namespace ActorJobs.Workloads.Documents;

/// <summary>The exact nearest passages: compares the query with every vector.</summary>
internal static class VectorScan
{
    public static IReadOnlyList<Ranked> Rank(VectorFile vectors, ReadOnlySpan<float> query, int count, PassageFilter? filter = null)
    {
        var top = new TopRanking(count);
        for (var row = 0; row < vectors.Count; row++)
        {
            var score = TensorPrimitives.Dot(query, vectors[row]);
            // a score of nothing in common is no find
            if (score > 0 && score > top.Threshold && filter?.Allows(row) != false)
                top.Offer(row, score);
        }

        return top.ToList();
    }
}
