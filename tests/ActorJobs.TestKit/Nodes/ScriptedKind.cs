namespace ActorJobs.TestKit.Nodes;

/// <summary>A kind of job whose attempts end when, and as, the test says.</summary>
public sealed class ScriptedKind
{
    private readonly Lock gate = new(); // guards begun
    private readonly List<ScriptedAttempt> begun = [];

    /// <summary>Makes the kind.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configure">Its defaults.</param>
    public ScriptedKind(string name = "scripted", Action<KindOptions>? configure = null)
    {
        var options = new KindOptions();
        configure?.Invoke(options);
        Kind = new JobKind(name, options, RunAsync);
    }

    /// <summary>The kind, to register.</summary>
    public JobKind Kind { get; }

    /// <summary>Whether attempts end by themselves when they are told to stop.</summary>
    public bool ListensToCancellation { get; init; }

    /// <summary>Every attempt whose code has begun, in order.</summary>
    public IReadOnlyList<ScriptedAttempt> Begun
    {
        get
        {
            lock (gate)
                return [.. begun];
        }
    }

    /// <summary>The attempts that have not been ended by the test.</summary>
    public IReadOnlyList<ScriptedAttempt> Open => [.. Begun.Where(attempt => !attempt.IsEnded)];

    /// <summary>The ids of all begun attempts' jobs, in order.</summary>
    public IReadOnlyList<string> Order => [.. Begun.Select(attempt => attempt.Context.Id.Value)];

    /// <summary>A request for a job of this kind.</summary>
    public JobRequest Request(string? id = null) => new() { Kind = Kind.Name, Id = id is null ? null : new JobId(id) };

    private async ValueTask<JobOutcome> RunAsync(RawJson args, JobContext context)
    {
        var attempt = new ScriptedAttempt(args, context);
        lock (gate)
            begun.Add(attempt);
        return await (ListensToCancellation ? attempt.Outcome.WaitAsync(context.Cancellation) : attempt.Outcome).ConfigureAwait(false);
    }
}

/// <summary>An attempt that waits for the test.</summary>
public sealed class ScriptedAttempt
{
    // goes on inside of the call that ends it, so that a driven node sees it at once
    private readonly TaskCompletionSource<JobOutcome> outcome = new();

    internal ScriptedAttempt(RawJson args, JobContext context) => (Args, Context) = (args, context);

    /// <summary>What the handler was given.</summary>
    public RawJson Args { get; }

    /// <summary>What the handler knows of its job.</summary>
    public JobContext Context { get; }

    /// <summary>Whether the test has ended it.</summary>
    public bool IsEnded => outcome.Task.IsCompleted;

    internal Task<JobOutcome> Outcome => outcome.Task;

    /// <summary>Ends it with a result.</summary>
    public void Complete(object? result = null) => End(new JobOutcome.Completion(result is null ? RawJson.Null : RawJson.Of(result)));

    /// <summary>Ends it with an outcome.</summary>
    public void End(JobOutcome with) => InlineContinuations.Allow(() => outcome.TrySetResult(with));

    /// <summary>Ends it with an exception.</summary>
    public void Throw(Exception exception) => InlineContinuations.Allow(() => outcome.TrySetException(exception));
}
