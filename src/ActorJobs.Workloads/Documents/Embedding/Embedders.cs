using Microsoft.Extensions.AI;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// The embedders by name: <c>builtin</c>, and every <see cref="IEmbeddingGenerator{TInput,TEmbedding}"/> that the application has registered as a
/// keyed service, under its key.
/// </summary>
internal sealed class Embedders(IServiceProvider services)
{
    public const string BuiltIn = "builtin";

    public bool Exists(string name) => name == BuiltIn || Find(name) is not null;

    /// <param name="name">The name.</param>
    /// <param name="weights">What the built-in embedder goes by; null for others.</param>
    public Embedder Open(string name, FeatureWeights? weights)
    {
        if (name == BuiltIn)
            return Embedder.BuiltIn(weights ?? throw new ArgumentNullException(nameof(weights)));
        var generator = Find(name) ?? throw new PermanentJobException($"There is no embedder '{name}'.");
        var about = generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        return new Embedder($"{name}:{about?.DefaultModelId}:{about?.DefaultModelDimensions}", generator, null);
    }

    private IEmbeddingGenerator<string, Embedding<float>>? Find(string name) =>
        services.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(name);
}
