using Microsoft.Extensions.DependencyInjection;

namespace ActorJobs;

/// <summary>Says what a node can run and how. Handed to the delegate of <c>AddActorJobs</c>.</summary>
public sealed class ActorJobsBuilder
{
    internal ActorJobsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Registers the handler of a kind. <typeparamref name="THandler"/> must implement <see cref="IJobHandler{TArgs,TResult}"/> for
    /// <typeparamref name="TArgs"/>; it is made anew for each attempt, its constructor's parameters come from the services.
    /// </summary>
    public ActorJobsBuilder AddHandler<TArgs, THandler>(string kind, Action<KindOptions>? configure = null)
        where THandler : class
    {
        if (!JobKind.IsValidName(kind))
            throw new ArgumentException($"'{kind}' is no kind: letters, digits, dots, hyphens and underscores, a letter first, at most 100.", nameof(kind));
        var result = typeof(THandler).GetInterfaces()
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IJobHandler<,>))
            .Select(type => type.GetGenericArguments())
            .FirstOrDefault(arguments => arguments[0] == typeof(TArgs))?[1]
            ?? throw new ArgumentException($"{typeof(THandler)} does not implement IJobHandler<{typeof(TArgs).Name}, ...>.");
        var options = new KindOptions();
        configure?.Invoke(options);
        var make = typeof(JobKind).GetMethod(nameof(JobKind.For), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
            .MakeGenericMethod(typeof(TArgs), result, typeof(THandler));
        Services.AddSingleton((JobKind)make.Invoke(null, [kind, options])!);
        return this;
    }

    /// <summary>Adds a pool of slots that serves the given queues.</summary>
    public ActorJobsBuilder AddPool(string name, Action<PoolOptions> configure)
    {
        Services.Configure<ActorJobsOptions>(options => configure(options.Pools.TryGetValue(name, out var pool) ? pool : options.Pools[name] = new()));
        return this;
    }

    /// <summary>Sets a queue's capacity and limits.</summary>
    public ActorJobsBuilder AddQueue(string name, Action<QueueOptions> configure)
    {
        Services.Configure<ActorJobsOptions>(options => configure(options.Queues.TryGetValue(name, out var queue) ? queue : options.Queues[name] = new()));
        return this;
    }
}
