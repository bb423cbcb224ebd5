namespace ActorJobs.Builtin;

/// <summary><c>builtin.fail</c>: fails its first <c>times</c> attempts with <c>message</c>, then completes.</summary>
internal sealed class FailHandler : IJobHandler<FailArgs, FailResult>
{
    public ValueTask<JobOutcome<FailResult>> RunAsync(FailArgs args, JobContext context)
    {
        // not "of at most": a retry by hand begins the count against the limit anew, the number goes on
        context.Log($"attempt {context.Attempt}");
        return context.Attempt <= args.Times
            ? throw new BuiltinFailureException(args.Message ?? "failed as asked")
            : new(new FailResult(context.Attempt));
    }
}

/// <summary>How often to fail.</summary>
/// <param name="Times">How many attempts, not negative.</param>
/// <param name="Message">What the failure says. Default: <c>failed as asked</c>.</param>
internal sealed record FailArgs(int Times, string? Message = null) : ICheckedArguments
{
    public ArgumentProblem? FindProblem() => Times < 0 ? ArgumentProblem.OutOfRange("times", Times, 0, int.MaxValue) : null;
}

/// <summary>Which attempt succeeded.</summary>
internal sealed record FailResult(int Attempt);

/// <summary>The failure that <c>builtin.fail</c> was asked for.</summary>
internal sealed class BuiltinFailureException(string message) : Exception(message);
