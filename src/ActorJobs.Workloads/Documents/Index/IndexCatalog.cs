using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Documents;

/// <summary>The indexes of this node: their definitions on disk and their served versions in memory.</summary>
internal sealed class IndexCatalog(IOptions<DocumentsOptions> options, Embedders embedders, TimeProvider time, ILogger<LiveIndex> logger) : IDisposable
{
    /// <summary>How many indexes a node may have: each holds files open and address space mapped.</summary>
    public const int MaxIndexes = 100;

    private readonly ConcurrentDictionary<string, Lazy<LiveIndex>> live = new(StringComparer.Ordinal);

    public IndexLayout Layout(string name) =>
        IndexName.IsValid(name) ? new IndexLayout(options.Value.Root, name) : throw new PermanentJobException($"'{name}' is no name. {IndexName.Rule}");

    /// <summary>The definition, or null when there is no such index.</summary>
    public IndexDefinition? Find(string name) =>
        IndexName.IsValid(name) ? DurableFiles.ReadJson<IndexDefinition>(Layout(name).Definition) : null;

    /// <summary>The indexes by name.</summary>
    public IReadOnlyList<IndexDefinition> List() => !Directory.Exists(options.Value.Root) ? [] :
    [
        .. Directory.EnumerateDirectories(options.Value.Root)
            .Select(folder => Find(Path.GetFileName(folder)!))
            .OfType<IndexDefinition>()
            .OrderBy(definition => definition.Name, StringComparer.Ordinal),
    ];

    /// <summary>Stores the definition; versions built by an earlier one are served until the next rebuild.</summary>
    public void Define(IndexDefinition definition) => DurableFiles.WriteJson(Layout(definition.Name).Definition, definition);

    public LiveIndex Live(string name) =>
        live.GetOrAdd(name, name => new Lazy<LiveIndex>(() => new LiveIndex(Layout(name), embedders, time, logger))).Value;

    public void Dispose()
    {
        foreach (var index in live.Values.Where(index => index.IsValueCreated))
            index.Value.Dispose();
    }
}
