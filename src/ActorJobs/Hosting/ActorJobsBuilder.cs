using ActorJobs.Actors.Entities;
using ActorJobs.Hosting;
using ActorJobs.Hosting.Settings;
using Microsoft.Extensions.Configuration;
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
        Services.AddSingleton(provider =>
        {
            if (provider.GetService<IConfiguration>() is { } configuration)
                HandlerSettings.Apply(configuration, kind, options);
            return (JobKind)make.Invoke(null, [kind, options])!;
        });
        return this;
    }

    /// <summary>
    /// Registers a persistent actor of the application's own: <typeparamref name="TDecider"/> implements
    /// <see cref="IDecider{TState,TCommand,TEvent}"/> and has a parameterless constructor. Reach its entities through <see cref="IEntityClient"/>.
    /// </summary>
    /// <param name="kind">The stable name of the kind; not one of the system's own (<c>job</c>, <c>queue</c>, <c>workflow</c>, <c>schedule</c>, <c>limit</c>, <c>breaker</c>, <c>audit</c>).</param>
    public ActorJobsBuilder AddEntity<TDecider>(string kind)
        where TDecider : class, new()
    {
        if (!JobKind.IsValidName(kind) || kind is Jobs.JobEntity.Kind or Queues.QueueDecider.Kind or Workflows.WorkflowEntity.Kind or Schedules.ScheduleEntity.Kind or Limits.LimitEntity.Kind or Limits.Breakers.BreakerEntity.Kind or "audit")
            throw new ArgumentException($"'{kind}' cannot be the name of a kind of entity.", nameof(kind));
        var decider = typeof(TDecider).GetInterfaces().FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDecider<,,>))
            ?? throw new ArgumentException($"{typeof(TDecider)} does not implement IDecider<TState, TCommand, TEvent>.");
        var make = typeof(UserEntity).GetMethod(nameof(UserEntity.Kind))!.MakeGenericMethod([typeof(TDecider), .. decider.GetGenericArguments()]);
        Services.AddSingleton((EntityKind)make.Invoke(null, [kind])!);
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
