namespace ActorJobs.Pools.Remote;

/// <summary>
/// One attempt in the hands of somebody outside. Ends once: with what they tell, by their silence, or because the attempt was stopped here. Used by the requests
/// of its worker, its timer and the pool's cancellation; what decides among them is the completion source.
/// </summary>
internal sealed class Lease : IDisposable
{
    private static readonly TimeSpan ParkTime = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<JobOutcome> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan duration;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly CancellationTokenRegistration stop;
    private volatile string? worker; // null until somebody has it
    private long expiresTicks;

    public Lease(string token, RunningAttempt attempt, TimeSpan duration, TimeProvider time)
    {
        (Token, Attempt, this.duration, this.time) = (token, attempt, duration, time);
        timer = time.CreateTimer(static state => ((Lease)state!).Expire(), this, ParkTime, Timeout.InfiniteTimeSpan);
        stop = attempt.Cancellation.Register(static state => ((Lease)state!).Stop(), this);
    }

    public string Token { get; }

    public RunningAttempt Attempt { get; }

    public DateTimeOffset ExpiresAt => new(Interlocked.Read(ref expiresTicks), TimeSpan.Zero);

    /// <summary>Whether its worker is asked to stop.</summary>
    public bool IsCancelled => Attempt.Stopping == AttemptOutcome.Cancelled;

    /// <summary>How the attempt ended; throws <see cref="AttemptEndedException"/> when its worker fell silent.</summary>
    public Task<JobOutcome> Outcome => ended.Task;

    /// <summary>Somebody has it from now on.</summary>
    public LeasedJob HandTo(string name)
    {
        worker = name;
        TryRenew();
        var spec = Attempt.Spec;
        return new(
            Attempt.Id, Attempt.Attempt, Token, spec.Kind, spec.Args, spec.Queue, spec.MaxAttempts, spec.Tenant, Attempt.Meta, Attempt.Report.Checkpoint, spec.Timeout, duration, ExpiresAt);
    }

    /// <summary>Its worker was heard of; false when it is over.</summary>
    public bool TryRenew()
    {
        if (ended.Task.IsCompleted || Attempt.IsOver)
            return false;
        Interlocked.Exchange(ref expiresTicks, (time.GetUtcNow() + duration).UtcTicks);
        return timer.Change(duration, Timeout.InfiniteTimeSpan) && !ended.Task.IsCompleted;
    }

    /// <summary>Its worker has ended it; false when it was over before.</summary>
    public bool TryEnd(JobOutcome outcome) => !Attempt.IsOver && ended.TrySetResult(outcome);

    public void Dispose()
    {
        stop.Dispose();
        timer.Dispose();
    }

    // one that nobody came for has run nothing: it goes back, no attempt used
    private void Expire()
    {
        if (worker is not { } name)
            ended.TrySetResult(JobOutcome.Snoozed(TimeSpan.Zero));
        else
            ended.TrySetException(new AttemptEndedException(AttemptOutcome.Lost, new JobError("Lost", $"Worker '{name}' was not heard of for {duration.TotalSeconds:0.#} s.", null)));
    }

    // a worker that runs it hears of a cancellation with its next word, and has the grace that handlers have; in all other cases nobody waits for it
    private void Stop()
    {
        if (!IsCancelled || worker is null)
            ended.TrySetResult(JobOutcome.Cancelled());
    }
}
