using Microsoft.Extensions.AI;

namespace ActorJobs.Workloads.Documents;

/// <summary>An embedder together with what tells its vectors from another's.</summary>
/// <param name="Id">Two embedders with one id give one text the same vector.</param>
/// <param name="Generator">Does the work.</param>
/// <param name="Weights">What the built-in embedder has learned; null for any other.</param>
internal sealed record Embedder(string Id, IEmbeddingGenerator<string, Embedding<float>> Generator, FeatureWeights? Weights)
{
    public static Embedder BuiltIn(FeatureWeights weights, int dimensions = HashingEmbedder.DefaultDimensions) =>
        new($"{HashingEmbedder.Algorithm}:{dimensions}:{weights.Hash}", new HashingEmbedder(weights, dimensions), weights);

    /// <summary>
    /// What its ranking counts beside the ranking by words. The built-in embedder compares spelling, as words do but less exactly, so that it helps most
    /// with half a say (see docs/documents.md); a model that knows meaning has a full one.
    /// </summary>
    public float RankWeight => Weights is null ? 1f : 0.5f;

    /// <summary>The unit vectors of the texts, in their order.</summary>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var embeddings = await Generator.GenerateAsync(texts, cancellationToken: cancellationToken);
        if (embeddings.Count != texts.Count)
            throw new InvalidDataException($"The embedder gave {embeddings.Count} vectors for {texts.Count} texts.");
        // others may not normalise, and the index compares by dot product
        return [.. embeddings.Select(embedding => Generator is HashingEmbedder ? embedding.Vector : Unit(embedding.Vector))];
    }

    private static float[] Unit(ReadOnlyMemory<float> vector)
    {
        var unit = new float[vector.Length];
        var norm = System.Numerics.Tensors.TensorPrimitives.Norm(vector.Span);
        if (norm > 0)
            System.Numerics.Tensors.TensorPrimitives.Divide(vector.Span, norm, unit);
        return unit;
    }
}
