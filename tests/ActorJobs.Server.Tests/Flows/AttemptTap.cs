namespace ActorJobs.Server.Tests.Flows;

/// <summary>Sees every attempt of every kind begin, and may do something before its handler, such as hang or fail.</summary>
internal sealed class AttemptTap
{
    private readonly Lock gate = new(); // guards begun
    private readonly List<BegunAttempt> begun = [];

    /// <summary>Runs before the handler. Set before the node starts.</summary>
    public Func<JobContext, ValueTask>? Before { get; set; }

    public IReadOnlyList<BegunAttempt> Begun
    {
        get
        {
            lock (gate)
                return [.. begun];
        }
    }

    /// <summary>Puts itself before all handlers that are registered by now.</summary>
    public void AttachTo(IServiceCollection services, TimeProvider time)
    {
        foreach (var own in services.Where(service => service.ServiceType == typeof(JobKind)).ToArray())
        {
            services.Remove(own);
            services.AddSingleton(provider => Tapped((JobKind)(own.ImplementationInstance ?? own.ImplementationFactory!(provider)), time));
        }
    }

    private JobKind Tapped(JobKind kind, TimeProvider time) => kind with
    {
        RunAsync = async (args, context) =>
        {
            lock (gate)
                begun.Add(new BegunAttempt(context.Kind, context.Id.Value, context.Attempt, context.Tenant, time.GetUtcNow()));
            if (Before is { } before)
                await before(context);
            return await kind.RunAsync(args, context);
        },
    };
}

/// <summary>An attempt that has begun.</summary>
internal sealed record BegunAttempt(string Kind, string Id, int Number, string? Tenant, DateTimeOffset At);
