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

    /// <summary>From the number of documents that each bucket's features occur in, as BM25 computes it: ln(1 + (N - n + 0.5) / (n + 0.5)).</summary>
    public static FeatureWeights FromFrequencies(ReadOnlySpan<int> frequencies, int documents)
    {
        var steps = new byte[Buckets];
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            var frequency = Math.Min(frequencies[bucket], documents);
            var weight = Math.Log(1 + ((documents - frequency + 0.5) / (frequency + 0.5)));
            steps[bucket] = (byte)Math.Clamp(Math.Round(weight / Step), 1, byte.MaxValue);
        }

        return new FeatureWeights(steps);
    }

    /// <summary>All alike: for a source of which nothing is known.</summary>
    public static FeatureWeights Uniform()
    {
        var steps = new byte[Buckets];
        Array.Fill(steps, (byte)16);
        return new FeatureWeights(steps);
    }

    internal static int Bucket(ulong feature) => (int)(feature >> (64 - 20));
}
