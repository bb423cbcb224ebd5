namespace ActorJobs.Workloads.Documents;

/// <summary>
/// How much each feature tells documents apart: its inverse document frequency, learned from a source, in a table of 2^20 hash buckets of a byte.
/// </summary>
internal sealed class FeatureWeights
{
    /// <summary>The table's length, also in a file.</summary>
    public const int Buckets = 1 << 20;

    private const float Step = 1 / 16f;
    private readonly byte[] steps;

    public FeatureWeights(byte[] steps)
    {
        if (steps.Length != Buckets)
            throw new InvalidDataException($"A weights file has {Buckets} bytes; this one has {steps.Length}.");
        this.steps = steps;
        Hash = ContentHash.Of(steps);
    }

    /// <summary>Names the weights by their content.</summary>
    public string Hash { get; }

    public ReadOnlyMemory<byte> Bytes => steps;

    public float this[ulong feature] => steps[Bucket(feature)] * Step;

    /// <summary>
    /// From the number of documents that each bucket's features occur in, as BM25 computes it: ln(1 + (N - n + 0.5) / (n + 0.5)). A feature that was
    /// never seen weighs nothing: no document can share it, and in a misspelt query it would be most of the vector and all of it noise.
    /// </summary>
    public static FeatureWeights FromFrequencies(ReadOnlySpan<int> frequencies, int documents)
    {
        var steps = new byte[Buckets];
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            var frequency = Math.Min(frequencies[bucket], documents);
            var weight = Math.Log(1 + ((documents - frequency + 0.5) / (frequency + 0.5)));
            steps[bucket] = frequency == 0 ? (byte)0 : (byte)Math.Clamp(Math.Round(weight / Step), 1, byte.MaxValue);
        }

        return new FeatureWeights(steps);
    }

    internal static int Bucket(ulong feature) => (int)(feature >> (64 - 20));
}
