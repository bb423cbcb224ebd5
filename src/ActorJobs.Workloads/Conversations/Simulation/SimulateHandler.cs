using System.Collections.Concurrent;

namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// Plays customers, all of them scripts in turn, a bounded number at a time. Their numbers are derived from the job's id, so that an attempt that is
/// repeated speaks in the same conversations, where what was said already changes nothing.
/// </summary>
internal sealed class SimulateHandler(ConversationIntake intake, ConversationReading reading, ConversationFeed feed, ConversationsOptions options, TimeProvider time)
    : IJobHandler<SimulateArgs, SimulateDone>
{
    public const int MaxCustomers = 10_000;

    private const int AtOnce = 32;
    private const int MaxDifferences = 50;

    public async ValueTask<JobOutcome<SimulateDone>> RunAsync(SimulateArgs args, JobContext context)
    {
        if (options.Gateway != ConversationGateway.Loopback)
            return JobOutcome.Discarded("Customers are simulated with the loopback gateway only: these numbers are not real.");
        var customers = args.Customers ?? Script.BuiltIn.Count;
        var player = new ScriptPlayer(intake, reading, feed, time);
        var differences = new ConcurrentQueue<string>();
        var played = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = context.Cancellation };
        await Parallel.ForAsync(0, customers, parallel, async (index, cancellationToken) =>
        {
            if (await player.PlayAsync(CustomerOf(context.Id, index), Script.BuiltIn[index % Script.BuiltIn.Count], cancellationToken) is { } difference)
                differences.Enqueue(difference);
            var done = Interlocked.Increment(ref played);
            context.ReportProgress((double)done / customers, FormattableString.Invariant($"{done} of {customers} customers"));
        });
        return new SimulateDone(played, played - differences.Count, [.. differences.Take(MaxDifferences)]);
    }

    // numbers that no telephone has: they begin with 999, which is no country's code
    private static ConversationId CustomerOf(JobId job, int index) =>
        new(LoopbackPhone.Business, FormattableString.Invariant($"999{(ulong)SeenIds.HashOf(job.Value) % 10_000_000:0000000}{index:00000}"));
}

/// <summary>The arguments of a simulation.</summary>
/// <param name="Customers">How many, 1 to 10 000. Default: as many as there are scripts.</param>
internal sealed record SimulateArgs(int? Customers = null) : ICheckedArguments
{
    public ArgumentProblem? FindProblem() =>
        Customers is < 1 or > SimulateHandler.MaxCustomers ? ArgumentProblem.OutOfRange("customers", Customers.Value, 1, SimulateHandler.MaxCustomers) : null;
}

/// <summary>What a simulation found.</summary>
/// <param name="Played">Customers that were played.</param>
/// <param name="AsExpected">Of these, how many got the expected quotes to the cent and ended where they should.</param>
/// <param name="Differences">What was otherwise.</param>
internal sealed record SimulateDone(int Played, int AsExpected, IReadOnlyList<string> Differences);

/// <summary>The business number of the telephones that this node shows.</summary>
internal static class LoopbackPhone
{
    public const string Business = "100000000000000";
}
