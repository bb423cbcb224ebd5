using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Documents;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActorJobs;

/// <summary>Adds the document workload to ActorJobs.</summary>
public static class DocumentsBuilderExtensions
{
    // 60 s, 120 s, 240 s, as the requirements have it: four attempts
    private static readonly Backoff Retries = new Backoff.List([TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(240)]);

    /// <summary>
    /// Embeds documents in the background and searches them. An embedder other than the built-in one is any
    /// <c>IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;</c> registered as a keyed service; its key is its name.
    /// </summary>
    /// <remarks>
    /// Registers the kinds <c>documents.rebuild</c>, <c>documents.embed</c>, <c>documents.build_index</c>, <c>documents.hot_swap</c>,
    /// <c>documents.clean_up</c> and <c>documents.stats</c>, the pools <c>documents</c> and <c>documents_plan</c> with a queue each, and the
    /// routes under <c>/api/v1/indexes</c> and <c>/indexes</c>. Configuration wins over <paramref name="configure"/>.
    /// </remarks>
    public static ActorJobsBuilder AddDocuments(this ActorJobsBuilder jobs, Action<DocumentsOptions>? configure = null)
    {
        var services = jobs.Services;
        services.AddOptions<DocumentsOptions>().Configure(configure ?? (static _ => { })).BindSettings(DocumentsOptions.Section).Validate(
            static value => value is { ChunkSize: >= 100, ChunkOverlap: >= 0, SliceSize: > 0, InFlight: > 0, EmbedParallelism: > 0, KeptVersions: > 0, PoolSize: > 0 }
                && value.ChunkOverlap < value.ChunkSize,
            $"{DocumentsOptions.Section}: ChunkSize is at least 100 and more than ChunkOverlap; the other numbers are positive.")
            .Validate(
                static value => value.Embedders.All(static embedder =>
                    embedder.Key != ActorJobs.Workloads.Documents.Embedders.BuiltIn && embedder.Value.Model.Length > 0 && embedder.Value.Dimensions > 0
                    && Uri.TryCreate(embedder.Value.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"),
                $"{DocumentsOptions.Section}:Embedders: each has a Url (http or https), a Model and its Dimensions, and none is called {ActorJobs.Workloads.Documents.Embedders.BuiltIn}.");

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Embedders>();
        services.TryAddSingleton<DocumentSources>();
        services.TryAddSingleton<IndexCatalog>();
        services.TryAddSingleton<RebuildPlanner>();
        services.TryAddSingleton<CatalogSearch>();
        services.TryAddSingleton<IndexControl>();
        services.TryAddSingleton<UploadControl>();
        services.TryAddSingleton<DocumentPeers>();
        services.TryAddSingleton<VersionFetcher>();
        services.TryAddSingleton<VersionAnnouncer>();
        services.TryAddSingleton<VersionCatchUp>();
        services.AddHostedService(static provider => provider.GetRequiredService<VersionCatchUp>());
        services.AddHostedService<IndexOpener>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IActorJobsModule, DocumentsModule>());
        return jobs.AddDocumentPools().AddDocumentKinds();
    }

    private static ActorJobsBuilder AddDocumentPools(this ActorJobsBuilder jobs)
    {
        jobs.Services.AddOptions<ActorJobsOptions>().Configure<Microsoft.Extensions.Options.IOptions<DocumentsOptions>>((all, documents) =>
            all.Pools.TryAdd(DocumentKinds.WorkQueue, new PoolOptions { Queues = [DocumentKinds.WorkQueue], Size = documents.Value.PoolSize }));
        return jobs.AddPool(DocumentKinds.PlanQueue, pool =>
        {
            pool.Queues = [DocumentKinds.PlanQueue];
            pool.Size ??= 2;
        });
    }

    private static ActorJobsBuilder AddDocumentKinds(this ActorJobsBuilder jobs) => jobs
        .AddHandler<RebuildIndex, RebuildHandler>(DocumentKinds.Rebuild, kind =>
        {
            Kind(DocumentKinds.PlanQueue, priority: 7)(kind);
            kind.Timeout = TimeSpan.FromHours(6);
        })
        .AddHandler<EmbedSlice, EmbedHandler>(DocumentKinds.Embed, Kind(DocumentKinds.WorkQueue, priority: 9))
        .AddHandler<BuildIndex, BuildIndexHandler>(DocumentKinds.BuildIndex, Kind(DocumentKinds.WorkQueue, priority: 7))
        .AddHandler<HotSwap, HotSwapHandler>(DocumentKinds.HotSwap, Kind(DocumentKinds.WorkQueue, priority: 7))
        .AddHandler<EachIndex?, CleanUpHandler>(DocumentKinds.CleanUp, Kind(DocumentKinds.WorkQueue, priority: 5))
        .AddHandler<EachIndex?, StatsHandler>(DocumentKinds.Stats, Kind(DocumentKinds.WorkQueue, priority: 5));

    private static Action<KindOptions> Kind(string queue, int priority) => kind =>
    {
        kind.Queue = queue;
        kind.Priority = priority;
        kind.MaxAttempts = 4;
        kind.Backoff = Retries;
    };
}
