using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Documents;

/// <summary>Body of <c>POST {base}/embeddings</c>, as OpenAI's API reference has it.</summary>
internal sealed record EmbeddingsRequest(
    string Model,
    IReadOnlyList<string> Input,
    [property: JsonPropertyName("encoding_format")] string EncodingFormat,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Dimensions);

/// <summary>Its answer; the vectors may come in any order.</summary>
internal sealed record EmbeddingsAnswer(IReadOnlyList<EmbeddingItem>? Data);

/// <summary>A vector and the place of its text in the request.</summary>
internal sealed record EmbeddingItem(int Index, float[]? Embedding);

/// <summary>Reads answers and refuses those that do not fit the request.</summary>
internal static class EmbeddingsProtocol
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The vectors in the order of the texts.</summary>
    /// <exception cref="InvalidDataException">The answer does not give every text one finite vector of the dimensions stated.</exception>
    public static float[][] Read(EmbeddingsAnswer? answer, int texts, int dimensions)
    {
        if (answer?.Data is not { } items || items.Count != texts)
            throw new InvalidDataException($"The endpoint gave {answer?.Data?.Count ?? 0} vectors for {texts} texts.");
        var vectors = new float[texts][];
        foreach (var item in items)
        {
            if (item.Embedding is not { } vector || (uint)item.Index >= (uint)texts || vectors[item.Index] is not null)
                throw new InvalidDataException($"The endpoint gave no vector, or two, for text {item.Index}.");
            if (vector.Length != dimensions)
                throw new InvalidDataException($"The endpoint gave {vector.Length} dimensions; {dimensions} are configured.");
            if (!vector.All(float.IsFinite))
                throw new InvalidDataException($"The vector of text {item.Index} holds a number that is not finite.");
            vectors[item.Index] = vector;
        }

        return vectors;
    }
}
