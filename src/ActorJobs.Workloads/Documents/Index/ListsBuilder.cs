using System.Numerics.Tensors;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Sorts the vectors of a version into lists by spherical k-means on a sample. The same vectors give the same file: the sample and the first centroids
/// are taken at even distances, and sums are added up in the order of the rows.
/// </summary>
internal sealed class ListsBuilder(VectorFile vectors)
{
    private const int MinLists = 8;
    private const int MaxLists = 4096;
    private const int SamplePerList = 48;
    private const int Rounds = 6;
    private const int Step = 4096;

    // one core stays free for whoever searches meanwhile: they run on the pool's threads, of which there are as many as cores
    private static readonly int Parallelism = Math.Max(1, Environment.ProcessorCount - 1);

    private readonly int dimensions = vectors.Dimensions;

    /// <summary>About as many lists as each holds vectors.</summary>
    public static int ListsFor(int count) => Math.Min(Math.Clamp((int)Math.Sqrt(count), MinLists, MaxLists), count);

    public void Write(HashedFileWriter file, CancellationToken cancellationToken)
    {
        var lists = ListsFor(vectors.Count);
        var centroids = Train(lists, cancellationToken);
        int[] all = [.. Enumerable.Range(0, vectors.Count)];
        var nearest = Assign(all, centroids, lists, cancellationToken);
        var members = Enumerable.Range(0, lists).Select(static _ => new List<int>()).ToArray();
        foreach (var row in all)
            members[nearest[row]].Add(row);
        var mean = Mean(cancellationToken);
        ListsFile.Write(file, dimensions, mean, centroids, members, (row, code) => SignCode.Write(vectors[row], mean, code));
    }

    private float[] Train(int lists, CancellationToken cancellationToken)
    {
        var sample = EvenlySpaced(Math.Min(vectors.Count, lists * SamplePerList));
        var centroids = new float[lists * dimensions];
        for (var list = 0; list < lists; list++)
            vectors[sample[(int)((long)list * sample.Length / lists)]].CopyTo(Of(centroids, list));
        for (var round = 0; round < Rounds; round++)
            Move(centroids, lists, sample, Assign(sample, centroids, lists, cancellationToken));
        return centroids;
    }

    private int[] EvenlySpaced(int count)
    {
        var rows = new int[count];
        for (var index = 0; index < count; index++)
            rows[index] = (int)((long)index * vectors.Count / count);
        return rows;
    }

    /// <summary>Each row's nearest centroid, by the cosine.</summary>
    private int[] Assign(int[] rows, float[] centroids, int lists, CancellationToken cancellationToken)
    {
        var nearest = new int[rows.Length];
        var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Parallelism };
        Parallel.For(0, (rows.Length + Step - 1) / Step, parallel, step =>
        {
            var end = Math.Min((step + 1) * Step, rows.Length);
            for (var index = step * Step; index < end; index++)
                nearest[index] = Nearest(vectors[rows[index]], centroids, lists);
        });
        return nearest;
    }

    private int Nearest(ReadOnlySpan<float> vector, float[] centroids, int lists)
    {
        var (best, closest) = (0, float.NegativeInfinity);
        for (var list = 0; list < lists; list++)
        {
            var cosine = TensorPrimitives.Dot(vector, Of(centroids, list));
            if (cosine > closest)
                (best, closest) = (list, cosine);
        }

        return best;
    }

    // a list that nothing is near keeps its centroid
    private void Move(float[] centroids, int lists, int[] sample, int[] nearest)
    {
        var sums = new float[lists * dimensions];
        for (var index = 0; index < sample.Length; index++)
        {
            var sum = Of(sums, nearest[index]);
            TensorPrimitives.Add(sum, vectors[sample[index]], sum);
        }

        for (var list = 0; list < lists; list++)
        {
            var sum = Of(sums, list);
            var norm = TensorPrimitives.Norm<float>(sum);
            if (norm > 0)
                TensorPrimitives.Divide(sum, norm, Of(centroids, list));
        }
    }

    private float[] Mean(CancellationToken cancellationToken)
    {
        var mean = new float[dimensions];
        for (var row = 0; row < vectors.Count; row++)
        {
            if (row % Step == 0)
                cancellationToken.ThrowIfCancellationRequested();
            TensorPrimitives.Add(mean, vectors[row], mean);
        }

        TensorPrimitives.Divide(mean, Math.Max(1, vectors.Count), mean);
        return mean;
    }

    private Span<float> Of(float[] all, int list) => all.AsSpan(list * dimensions, dimensions);
}
