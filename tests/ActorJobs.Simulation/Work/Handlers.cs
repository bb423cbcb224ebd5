using System.Collections.Frozen;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Simulation.Checks;

namespace ActorJobs.Simulation.Work;

/// <summary>The kinds of jobs in a run. Every result names its job and attempt, so that the checker can tell whose it is.</summary>
internal sealed class Handlers(string node, TimeProvider time, Dispatcher process, CommitWatch watch)
{
    /// <summary>Ends at once.</summary>
    public const string Echo = "sim.echo";

    /// <summary>Fails as often as its arguments say.</summary>
    public const string Flaky = "sim.flaky";

    /// <summary>Takes as many milliseconds as its arguments say, stores a checkpoint half-way, and stops when told to.</summary>
    public const string Long = "sim.long";

    /// <summary>As <see cref="Long"/>, but listens to nobody.</summary>
    public const string Deaf = "sim.deaf";

    /// <summary>Submits as many children as its arguments say, then ends.</summary>
    public const string Parent = "sim.parent";

    /// <summary>The kinds, to register on the node.</summary>
    public FrozenDictionary<string, JobKind> Kinds() => new[]
    {
        Kind(Echo, (_, context) => new(Result(context))),
        Kind(Flaky, (count, context) => context.Attempt <= count ? throw new InvalidOperationException("as it should") : new(Result(context))),
        Kind(Long, LongAsync),
        Kind(Deaf, DeafAsync),
        Kind(Parent, ParentAsync),
    }.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The JSON an attempt ends with.</summary>
    public static string ResultText(string job, int attempt) => $"\"{job}#{attempt}\"";

    private JobKind Kind(string name, Func<int, JobContext, ValueTask<JobOutcome>> run) => new(name, Options(), (args, context) =>
    {
        watch.Began(node, context.Id, context.Attempt);
        return run(args.Deserialize<int>(), context);
    });

    private async ValueTask<JobOutcome> LongAsync(int milliseconds, JobContext context)
    {
        await PassAsync(milliseconds / 2, context.Cancellation).ConfigureAwait(false);
        await context.SaveCheckpointAsync(milliseconds / 2).ConfigureAwait(false);
        context.ReportProgress(0.5);
        await PassAsync(milliseconds / 2, context.Cancellation).ConfigureAwait(false);
        return Result(context);
    }

    private async ValueTask<JobOutcome> DeafAsync(int milliseconds, JobContext context)
    {
        await PassAsync(milliseconds, CancellationToken.None).ConfigureAwait(false);
        return Result(context);
    }

    // not Task.Delay: what waits for one that is cancelled goes on by way of the thread pool, in no known order
    private async Task PassAsync(int milliseconds, CancellationToken cancellationToken)
    {
        var passed = new Completion<bool>(process);
        using var timer = time.CreateTimer(_ => passed.Set(true), null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
        using var told = cancellationToken.Register(() => passed.Set(false));
        if (!await passed.Task.ConfigureAwait(false))
            throw new OperationCanceledException(cancellationToken);
    }

    private static async ValueTask<JobOutcome> ParentAsync(int count, JobContext context)
    {
        var children = Enumerable.Range(0, count).Select(_ => JobRequest.Of(Echo, 0)).ToArray();
        var answers = await context.SubmitChildrenAsync("child", children, context.Cancellation).ConfigureAwait(false);
        return answers.All(answer => answer is SubmitResult.Accepted) ? Result(context) : JobOutcome.Failed("not all children were accepted");
    }

    private static JobOutcome.Completion Result(JobContext context) => new JobOutcome.Completion(RawJson.Parse(ResultText(context.Id.Value, context.Attempt)));

    private static KindOptions Options() => new()
    {
        MaxAttempts = 6,
        Backoff = new Backoff.Exponential(TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(8), 1),
        Timeout = TimeSpan.FromSeconds(25),
    };
}
