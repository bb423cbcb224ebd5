using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// The built-in embedder: no download, no network, the same vector on every machine (up to rounding). A text's features (see <see cref="FeatureReader"/>), weighted
/// by frequency and rarity, are added up along random signed directions (Charikar, Chen and Farach-Colton's count sketch, several rows folded
/// into one vector) and normalised, so that the cosine of two texts estimates the weighted share of features they have in common. It knows spelling
/// and not meaning: "car" is near "cars" and not near "automobile".
/// </summary>
internal sealed class HashingEmbedder(FeatureWeights weights, int dimensions = HashingEmbedder.DefaultDimensions) : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int DefaultDimensions = 384;

    /// <summary>Part of the embedder's id: vectors of different algorithms must not meet in one index.</summary>
    public const string Algorithm = "hashing-1";

    // what one feature of each sort counts; found by measuring recall, see docs/documents.md
    private static readonly float[] SortWeights = [0.5f, 0.5f, 1f, 0f];

    // reused between calls; as many as there are concurrent callers
    private readonly ConcurrentBag<List<ulong>> pool = [];

    public int Dimensions => dimensions;

    /// <summary>Writes the text's unit vector. A text without a word gives the zero vector, which is near nothing.</summary>
    public void Embed(ReadOnlySpan<char> text, Span<float> vector)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(vector.Length, dimensions);
        var features = pool.TryTake(out var pooled) ? pooled : [];
        FeatureReader.Read(text, features);
        Project(CollectionsMarshal.AsSpan(features), vector);
        pool.Add(features);
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vector = new float[dimensions];
            Embed(value, vector);
            embeddings.Add(new Embedding<float>(vector));
        }

        return Task.FromResult(embeddings);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // holds nothing
    }

    private void Project(Span<ulong> features, Span<float> vector)
    {
        vector.Clear();
        // equal features side by side: to count them, and to add up in one order on every machine
        features.Sort();
        for (var start = 0; start < features.Length;)
        {
            var feature = features[start];
            var end = start + 1;
            while (end < features.Length && features[end] == feature)
                end++;
            // the tenth occurrence says less than the second
            var weight = SortWeights[(int)(feature & 3)] * weights[feature] * (1 + MathF.Log(end - start));
            Scatter(feature, weight, vector);
            start = end;
        }

        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
    }

    // four places and signs per feature, 16 bits each
    private static void Scatter(ulong feature, float weight, Span<float> vector)
    {
        var bits = FeatureReader.Mix(feature + 0x9E3779B97F4A7C15);
        for (var place = 0; place < 4; place++, bits >>= 16)
        {
            var index = (int)(((bits >> 1) & 0x7FFF) * (ulong)vector.Length >> 15);
            vector[index] += (bits & 1) == 0 ? weight : -weight;
        }
    }
}
