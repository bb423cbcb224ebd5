using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Api;
using ActorJobs.Workloads.Scraping.Boards;
using ActorJobs.Workloads.Scraping.Crawling;
using ActorJobs.Workloads.Scraping.Enrichment;
using ActorJobs.Workloads.Scraping.Robots;
using ActorJobs.Workloads.Scraping.Runs;
using ActorJobs.Workloads.Scraping.Steps;
using ActorJobs.Workloads.Scraping.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActorJobs;

/// <summary>Adds the scraping workload.</summary>
public static class ScrapingBuilderExtensions
{
    /// <summary>
    /// Adds companies' careers pages to what the node can scrape: the entity <c>scrape</c>, the kinds <c>scraping.run</c>, <c>.fetch</c>, <c>.parse</c>, <c>.enrich</c> and
    /// <c>.persist</c>, the pools <c>io_fetch</c>, <c>parse</c>, <c>ai_enrich</c> and <c>persist</c>, and the routes under <c>/api/v1/scrapes</c>
    /// and <c>/api/v1/postings</c>.
    /// </summary>
    /// <remarks>
    /// Register an <see cref="IPostingEnricher"/> before this to replace the one by rules. Configuration (<c>ActorJobs:Scraping</c>,
    /// <c>ActorJobs:Pools</c>, <c>ActorJobs:Handlers</c>) wins over <paramref name="configure"/>.
    /// </remarks>
    public static ActorJobsBuilder AddScraping(this ActorJobsBuilder jobs, Action<ScrapingOptions>? configure = null)
    {
        AddServices(jobs.Services, configure ?? (_ => { }));
        jobs.Services.AddSingleton<EntityKind>(provider => ScrapeEntity.Define(provider.GetRequiredService<RunSignals>()));
        AddPools(jobs);
        AddKinds(jobs);
        // the queue's arbiter counts for the whole cluster; what a deployer configured stays
        jobs.AddQueue(ScrapeKinds.FetchQueue, queue => queue.KeyConcurrency ??= 1);
        return jobs;
    }

    private static void AddServices(IServiceCollection services, Action<ScrapingOptions> configure)
    {
        services.AddOptions<ScrapingOptions>().Configure(configure).BindSettings(ScrapingOptions.Section)
            .Validate(options => options.Model.Endpoint is null || options.Model.Name.Length > 0, $"{ScrapingOptions.Section}:Model:Name is required with Model:Endpoint.")
            .Validate(
                options => options.Boards.Values.All(api => api.IsAbsoluteUri && api.AbsolutePath.EndsWith('/')),
                $"{ScrapingOptions.Section}:Boards: addresses are absolute and end in a slash.");
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<ScrapingOptions>>().Value);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IScrapingBackend>(provider => provider.GetRequiredService<ScrapingOptions>() is { Postgres: { Length: > 0 } connection }
            ? new PostgresBackend(connection)
            : new SqliteBackend(provider.GetRequiredService<ScrapingOptions>().Path));
        services.TryAddSingleton<ScrapingDatabase>();
        services.TryAddSingleton<RunSignals>();
        services.TryAddSingleton(provider => new ScrapeReading(
            provider.GetRequiredService<IEntityStore>(), provider.GetRequiredService<IOptions<ActorJobsOptions>>().Value.Shards));
        services.TryAddSingleton<RunLedger>();
        services.TryAddSingleton<CompanySteps>();
        services.TryAddSingleton<RunReconciler>();
        services.TryAddSingleton<RunWatch>();
        services.TryAddSingleton<ScrapeCommands>();
        services.TryAddSingleton(provider => new HttpExchange(provider.GetRequiredService<ScrapingOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<HostGate>();
        services.TryAddSingleton<RobotsCache>();
        services.TryAddSingleton<PageFetcher>();
        services.TryAddSingleton<BoardCatalog>();
        services.TryAddSingleton<RunPages>();
        services.TryAddSingleton<SitemapReader>();
        services.TryAddSingleton<CompanyCrawler>();
        services.TryAddSingleton(provider => SkillVocabulary.Load(Path.Combine(
            provider.GetService<IHostEnvironment>()?.ContentRootPath ?? "", provider.GetRequiredService<ScrapingOptions>().SkillVocabulary)));
        services.TryAddSingleton<RuleEnricher>();
        services.TryAddSingleton(provider => new ModelClient(provider.GetRequiredService<ScrapingOptions>().Model, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IPostingEnricher>(provider => provider.GetRequiredService<ScrapingOptions>().Model is { Endpoint: not null } model
            ? ActivatorUtilities.CreateInstance<ModelEnricher>(provider, model)
            : provider.GetRequiredService<RuleEnricher>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IActorJobsModule, ScrapingModule>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IUserCounts, ScrapeCounts>());
    }

    private static void AddPools(ActorJobsBuilder jobs)
    {
        AddPool(ScrapeKinds.FetchQueue, size: 16);
        AddPool(ScrapeKinds.ParseQueue, size: 2);
        AddPool(ScrapeKinds.EnrichQueue, size: 2);
        AddPool(ScrapeKinds.PersistQueue, size: 1);

        void AddPool(string queue, int size) => jobs.AddPool(queue, pool =>
        {
            // what a deployer configured stays
            if (pool.Queues.Count == 0)
                pool.Queues = [queue];
            pool.Size ??= size;
        });
    }

    // waits between attempts and time limits as the workload's decision record has them
    private static void AddKinds(ActorJobsBuilder jobs) => jobs
        .AddHandler<ScrapeRunArgs, RunHandler>(ScrapeKinds.Run)
        .AddHandler<CompanyArgs, FetchHandler>(ScrapeKinds.Fetch, Step(ScrapeKinds.FetchQueue, minutes: 10, 10, 30, 60))
        .AddHandler<CompanyArgs, ParseHandler>(ScrapeKinds.Parse, Step(ScrapeKinds.ParseQueue, minutes: 5, 5, 15))
        .AddHandler<CompanyArgs, EnrichHandler>(ScrapeKinds.Enrich, Step(ScrapeKinds.EnrichQueue, minutes: 15, 15, 45))
        .AddHandler<CompanyArgs, PersistHandler>(ScrapeKinds.Persist, Step(ScrapeKinds.PersistQueue, minutes: 5, 5, 10, 20));

    private static Action<KindOptions> Step(string queue, int minutes, params int[] waits) => options =>
    {
        options.Queue = queue;
        options.Timeout = TimeSpan.FromMinutes(minutes);
        options.Backoff = new Backoff.List([.. waits.Select(seconds => TimeSpan.FromSeconds(seconds))]);
        options.MaxAttempts = waits.Length + 1;
    };
}
