using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ActorJobs.Pools.Remote;

/// <summary>The leases this node holds, by their tokens, and for a while those that their workers have ended: a worker that did not get its answer asks again.</summary>
internal sealed class LeaseBook(string node, Settlements settlements, TimeProvider time)
{
    private const int MaxEnded = 10_000;
    private const char Separator = '.';
    private static readonly TimeSpan SettleDeadline = TimeSpan.FromSeconds(20);
    private static readonly LeaseAnswer Lost = new(LeaseState.Lost, Detail: "The lease is over: it expired, the attempt timed out or was cancelled, or its node has ended. Nothing was changed.");

    private readonly ConcurrentDictionary<string, Lease> open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<bool>> ended = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> endedOrder = new();

    /// <summary>Begins a lease. To be closed when the attempt has ended.</summary>
    public Lease Open(RunningAttempt attempt, TimeSpan duration)
    {
        Span<byte> random = stackalloc byte[18];
        RandomNumberGenerator.Fill(random);
        var lease = new Lease(Base64Url.EncodeToString(random) + Separator + node, attempt, duration, time);
        open[lease.Token] = lease;
        return lease;
    }

    public void Close(Lease lease)
    {
        open.TryRemove(lease.Token, out _);
        lease.Dispose();
    }

    /// <summary>The node that holds a token's lease; null when it is no token.</summary>
    public static string? NodeOf(string token) => token.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var at ? token[(at + 1)..] : null;

    /// <summary>Takes in what is said of a lease that is held here.</summary>
    public async ValueTask<LeaseAnswer> TellAsync(LeaseCall call, CancellationToken cancellationToken)
    {
        if (ended.TryGetValue(call.Token, out var before))
            return call.Outcome is null ? Lost : await AnswerAsync(before, cancellationToken).ConfigureAwait(false);
        if (!open.TryGetValue(call.Token, out var lease) || !Fits(call, lease.Attempt) || !lease.TryRenew())
            return Lost;
        return call.Outcome is { } outcome
            ? await EndAsync(lease, outcome, cancellationToken).ConfigureAwait(false)
            : await NoteAsync(lease, call, cancellationToken).ConfigureAwait(false);
    }

    private static bool Fits(LeaseCall call, RunningAttempt attempt) =>
        (call.Job is null || call.Job == attempt.Id.Value) && (call.Attempt is null || call.Attempt == attempt.Attempt);

    private static async ValueTask<LeaseAnswer> NoteAsync(Lease lease, LeaseCall call, CancellationToken cancellationToken)
    {
        var attempt = lease.Attempt;
        if (call.Fraction is { } fraction)
            attempt.ReportProgress(fraction, call.Message);
        foreach (var line in call.Log)
            attempt.Log(line);
        try
        {
            if (call.Checkpoint is { } checkpoint)
                await attempt.SaveCheckpointAsync(checkpoint).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Lost;
        }

        return new LeaseAnswer(lease.IsCancelled ? LeaseState.Cancelled : LeaseState.Held, lease.ExpiresAt);
    }

    private async ValueTask<LeaseAnswer> EndAsync(Lease lease, JobOutcome outcome, CancellationToken cancellationToken)
    {
        var (key, attempt) = (lease.Attempt.Job.Key, lease.Attempt.Attempt);
        var settled = settlements.Of(key, attempt, outcome);
        if (!lease.TryEnd(outcome))
        {
            settlements.Forget(key, attempt);
            return ended.TryGetValue(lease.Token, out var before) ? await AnswerAsync(before, cancellationToken).ConfigureAwait(false) : Lost;
        }

        ended[lease.Token] = settled;
        endedOrder.Enqueue(lease.Token);
        while (endedOrder.Count > MaxEnded && endedOrder.TryDequeue(out var oldest))
            ended.TryRemove(oldest, out _);
        return await AnswerAsync(settled, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<LeaseAnswer> AnswerAsync(Task<bool> settled, CancellationToken cancellationToken)
    {
        try
        {
            return await settled.WaitAsync(SettleDeadline, time, cancellationToken).ConfigureAwait(false) ? new LeaseAnswer(LeaseState.Ended) : Lost;
        }
        catch (TimeoutException)
        {
            return new LeaseAnswer(LeaseState.Unknown, Detail: "The outcome is not stored yet: tell it again.");
        }
    }
}
