namespace ActorJobs.Builtin;

/// <summary><c>builtin.sleep</c>: waits for <c>ms</c> milliseconds, reporting progress, until it is told to stop.</summary>
internal sealed class SleepHandler(TimeProvider time) : IJobHandler<SleepArgs, SleepResult>
{
    private const int Steps = 20;

    public async ValueTask<JobOutcome<SleepResult>> RunAsync(SleepArgs args, JobContext context)
    {
        var steps = args.Ms < 1000 ? 1 : Steps;
        for (var step = 1; step <= steps; step++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(args.Ms / steps), time, context.Cancellation).ConfigureAwait(false);
            if (steps > 1)
                context.ReportProgress((double)step / steps, $"slept {args.Ms / steps * step} of {args.Ms} ms");
        }

        return new SleepResult(args.Ms);
    }
}

/// <summary>How long to sleep.</summary>
/// <param name="Ms">Milliseconds, 0 to a day.</param>
internal sealed record SleepArgs(int Ms) : ICheckedArguments
{
    private const int Most = 86_400_000;

    public ArgumentProblem? FindProblem() => Ms is < 0 or > Most ? ArgumentProblem.OutOfRange("ms", Ms, 0, Most) : null;
}

/// <summary>How long was slept.</summary>
internal sealed record SleepResult(int Ms);
