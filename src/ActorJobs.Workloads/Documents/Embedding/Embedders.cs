using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// The embedders by name: <c>builtin</c>, the endpoints of the settings, and every <see cref="IEmbeddingGenerator{TInput,TEmbedding}"/> that the application has registered as a
/// keyed service, under its key.
/// </summary>
internal sealed class Embedders(IServiceProvider services, IOptions<DocumentsOptions> options, TimeProvider time) : IDisposable
{
    public const string BuiltIn = "builtin";

    // one for all jobs of the node: its bounds are bounds of the node
    private readonly ConcurrentDictionary<string, Lazy<RemoteEmbedder>> remotes = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => [BuiltIn, .. options.Value.Embedders.Keys.Order(StringComparer.Ordinal)];

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

    public void Dispose()
    {
        foreach (var remote in remotes.Values.Where(remote => remote.IsValueCreated))
            remote.Value.Dispose();
    }

    private IEmbeddingGenerator<string, Embedding<float>>? Find(string name) => options.Value.Embedders.TryGetValue(name, out var endpoint)
        ? remotes.GetOrAdd(name, _ => new Lazy<RemoteEmbedder>(() => new RemoteEmbedder(endpoint, time))).Value
        : services.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(name);
}
