using ActorJobs.Actors.Entities;
using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Conversations;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActorJobs;

/// <summary>Adds the conversation workload.</summary>
public static class ConversationsBuilderExtensions
{
    /// <summary>
    /// Talks with customers over WhatsApp and makes them quotes: messages come in by Meta's webhook, every conversation is a persistent actor, messages
    /// leave as jobs.
    /// </summary>
    /// <remarks>
    /// Registers the entities <c>conversation</c> and <c>quote</c>, the kinds <c>conversations.send</c>, <c>conversations.quote</c> and
    /// <c>conversations.simulate</c> with a pool and a queue each, and the routes <c>/webhooks/whatsapp</c>, <c>/api/v1/conversations</c>,
    /// <c>/api/v1/quotes</c>, <c>/conversations</c>, <c>/quotes</c> and, with the loopback gateway, <c>/phone</c>. Configuration
    /// (<c>ActorJobs:Conversations</c>) wins over <paramref name="configure"/>.
    /// </remarks>
    public static ActorJobsBuilder AddConversations(this ActorJobsBuilder jobs, Action<ConversationsOptions>? configure = null)
    {
        AddOptions(jobs.Services, configure ?? (_ => { }));
        AddServices(jobs.Services);
        AddEntities(jobs.Services);
        AddPools(jobs);
        AddKinds(jobs);
        return jobs;
    }

    private static void AddOptions(IServiceCollection services, Action<ConversationsOptions> configure)
    {
        services.AddOptions<ConversationsOptions>().Configure(configure).BindSettings(ConversationsOptions.Section).Validate(
            options => options.Gateway != ConversationGateway.CloudApi || options.CloudApi.AccessToken is { Length: > 0 },
            $"{ConversationsOptions.Section}:CloudApi:AccessToken is required when {ConversationsOptions.Section}:Gateway is cloudapi.");
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<ConversationsOptions>>().Value);
        services.TryAddSingleton(provider => PolicyOf(provider.GetRequiredService<ConversationsOptions>()));
    }

    private static void AddServices(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new CatalogueFile(
            Path.Combine(provider.GetService<IHostEnvironment>()?.ContentRootPath ?? "", provider.GetRequiredService<ConversationsOptions>().Catalogue),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CatalogueFile>>()));
        services.TryAddSingleton<ConversationFeed>();
        services.TryAddSingleton<ConversationIntake>();
        services.TryAddSingleton<ConversationControl>();
        services.TryAddSingleton<QuoteReading>();
        services.TryAddSingleton(provider => new ConversationReading(provider.GetRequiredService<Actors.Stores.IEntityStore>(), Node(provider)));
        services.TryAddSingleton<IMessageGateway>(GatewayOf);
        services.TryAddSingleton(provider => new WorkRelay(
            provider, provider.GetRequiredService<Actors.Stores.IEntityStore>(), provider.GetRequiredService<ConversationsOptions>(), Node(provider), FallbackOf(provider),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WorkRelay>>()));
        services.AddHostedService(provider => provider.GetRequiredService<WorkRelay>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IActorJobsModule, ConversationsModule>());
    }

    // with an observer and codecs of their own, which AddEntity does not take: new work must be relayed when it is durable, not when it is polled for
    private static void AddEntities(IServiceCollection services)
    {
        services.AddSingleton<EntityKind>(provider => new EntityKind<ConversationState, ConversationCommand, ConversationEvent>(
            ConversationDecider.Kind, new ConversationDecider(provider.GetRequiredService<ConversationPolicy>(), FallbackOf(provider)), ConversationCodec.Instance)
        {
            Replies =
            [
                typeof(Receipt), typeof(CommandAnswer), typeof(SendAnswer.Go), typeof(SendAnswer.InDoubt), typeof(SendAnswer.TooSoon), typeof(SendAnswer.NotNow),
                typeof(SendAnswer.Done), typeof(SendAnswer.Never),
            ],
            Observer = _ => new ConversationObserver(
                provider.GetRequiredService<WorkRelay>(), provider.GetRequiredService<ConversationFeed>(), FallbackOf(provider)),
        });
        services.AddSingleton<EntityKind>(provider => new EntityKind<IssuedQuote, IssueQuote, QuoteEvent>(
            QuoteDecider.Kind, new QuoteDecider(provider.GetRequiredService<ConversationsOptions>().Retention), QuoteDecider.Codec));
    }

    private static void AddPools(ActorJobsBuilder jobs)
    {
        jobs.Services.AddOptions<ActorJobsOptions>().Configure<IOptions<ConversationsOptions>>((all, conversations) =>
        {
            Add(all, ConversationKinds.SendQueue, conversations.Value.SendConcurrency);
            Add(all, ConversationKinds.QuoteQueue, 2);
            Add(all, ConversationKinds.SimulateQueue, 2);
            Pace(all, conversations.Value.Pace);
        });

        // the queue's arbiter counts for the whole cluster; the key is the business number
        static void Pace(ActorJobsOptions all, PaceOptions pace)
        {
            if (!all.Queues.TryGetValue(ConversationKinds.SendQueue, out var queue))
                all.Queues[ConversationKinds.SendQueue] = queue = new QueueOptions();
            queue.KeyRate ??= new Rate(pace.PerSecond, TimeSpan.FromSeconds(1)).ToString();
        }

        static void Add(ActorJobsOptions all, string queue, int size) => all.Pools.TryAdd(queue, new PoolOptions { Queues = [queue], Size = size });
    }

    private static void AddKinds(ActorJobsBuilder jobs) => jobs
        .AddHandler<SendArgs, SendHandler>(ConversationKinds.Send, kind =>
        {
            kind.Queue = ConversationKinds.SendQueue;
            kind.MaxAttempts = 10;
            kind.Backoff = new Backoff.Exponential(TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(10), 0.5);
            kind.Timeout = TimeSpan.FromMinutes(2);
        })
        .AddHandler<QuoteArgs, QuoteHandler>(ConversationKinds.Quote, kind =>
        {
            kind.Queue = ConversationKinds.QuoteQueue;
            kind.MaxAttempts = 5;
            kind.Timeout = TimeSpan.FromMinutes(1);
        })
        .AddHandler<SimulateArgs, SimulateHandler>(ConversationKinds.Simulate, kind =>
        {
            kind.Queue = ConversationKinds.SimulateQueue;
            kind.MaxAttempts = 2;
        });

    private static IMessageGateway GatewayOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<ConversationsOptions>();
        var time = provider.GetRequiredService<TimeProvider>();
        return options.Gateway == ConversationGateway.CloudApi
            ? new CloudApiGateway(options.CloudApi, time)
            : new LoopbackGateway(new Lazy<ConversationIntake>(provider.GetRequiredService<ConversationIntake>), time);
    }

    private static ConversationPolicy PolicyOf(ConversationsOptions options) => new()
    {
        RemindAfter = options.RemindAfter,
        ExpireAfter = options.ExpireAfter,
        DoubtFor = options.DoubtFor,
        Retention = options.Retention,
        ReminderTemplate = options.ReminderTemplate,
        Pair = new PairPace(options.Pace.PairInterval, options.Pace.PairBurst),
    };

    // not looked at here: the catalogue is still being read while a node is put together
    private static Lazy<Language> FallbackOf(IServiceProvider provider)
    {
        var catalogues = provider.GetRequiredService<CatalogueFile>();
        return new(() => catalogues.Current.Catalogue.Language);
    }

    private static ActorJobsOptions Node(IServiceProvider provider) => provider.GetRequiredService<IOptions<ActorJobsOptions>>().Value;
}
