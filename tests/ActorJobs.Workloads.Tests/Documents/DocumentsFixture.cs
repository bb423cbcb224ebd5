using ActorJobs.Cluster;
using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents;

/// <summary>The workload as an application registers it, on folders of its own.</summary>
internal sealed class DocumentsFixture : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("actorjobs-documents-").FullName;
    private readonly ServiceProvider services;

    public DocumentsFixture(Action<DocumentsOptions>? configure = null, Action<IServiceCollection>? add = null)
    {
        Source = Directory.CreateDirectory(Path.Combine(scratch, "source")).FullName;
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging();
        collection.AddActorJobs(jobs => jobs.AddDocuments(options =>
        {
            options.Root = Path.Combine(scratch, "indexes");
            options.Folders["notes"] = Source;
            configure?.Invoke(options);
        }));
        // no engine runs here, and so no cluster
        collection.AddSingleton<IClusterNodes>(new Alone());
        add?.Invoke(collection);
        services = collection.BuildServiceProvider();
        Jobs = new FakeJobs(services);
    }

    public string Source { get; }

    public FakeJobs Jobs { get; set; }

    public IServiceProvider Services => services;

    public IndexCatalog Catalog => services.GetRequiredService<IndexCatalog>();

    public Embedders Embedders => services.GetRequiredService<Embedders>();

    public IndexLayout Layout(string index) => Catalog.Layout(index);

    public void Write(string name, string text)
    {
        var path = Path.Combine(Source, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Define(string index, string source = "notes", string embedder = Embedders.BuiltIn) =>
        Catalog.Define(new IndexDefinition(index, source, embedder, DateTimeOffset.UnixEpoch));

    public async Task<RebuildResult> RebuildAsync(string index, string job)
    {
        var view = await Jobs.RunAsync(JobRequest.Of("documents.rebuild", new RebuildIndex(index)), job);
        Assert.True(view.State == JobStatus.Completed, view.Error?.ToString());
        return view.Result!.Value.Deserialize<RebuildResult>()!;
    }

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string index, string query, SearchMode mode = SearchMode.Hybrid, int count = 10)
    {
        var reader = await Catalog.Live(index).AcquireAsync(CancellationToken.None);
        Assert.NotNull(reader);
        try
        {
            return await new IndexSearcher(reader).SearchAsync(new SearchQuery(query, count, mode), CancellationToken.None);
        }
        finally
        {
            reader.Release();
        }
    }

    public void Dispose()
    {
        services.Dispose();
        Directory.Delete(scratch, recursive: true);
    }

    private sealed class Alone : IClusterNodes
    {
        public IReadOnlyList<NodeView> Nodes => [];

        public IReadOnlyList<ShardView> Shards => [];

        public PeerPort? Peers => null;
    }
}
