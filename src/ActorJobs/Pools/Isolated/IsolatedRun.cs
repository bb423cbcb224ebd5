using System.Globalization;

namespace ActorJobs.Pools.Isolated;

/// <summary>One attempt in a child process: relays what it says and what it is told, watches its memory, and kills it when nobody waits for it any more.</summary>
internal sealed class IsolatedRun(ChildProcess child, RunningAttempt attempt, long? memoryLimit, TimeProvider time)
{
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(100);

    private readonly CallDesk calls = new(child, attempt);
    private long excess; // written by the watch, read once the pipe is at its end

    public async ValueTask<JobOutcome> RunAsync()
    {
        var spec = attempt.Spec;
        child.BeginRun();
        try
        {
            await child.SendAsync(new ChildMessage.Run(
                attempt.Id.Value, spec.Kind, spec.Args, spec.Queue, attempt.Attempt, spec.MaxAttempts, spec.Tenant, attempt.Meta, spec.WorkflowId, attempt.Report.Checkpoint)).ConfigureAwait(false);
            using var cancel = attempt.Cancellation.Register(() => _ = TellAsync(new ChildMessage.Cancel()));
            var watch = time.CreateTimer(_ => Watch(), null, WatchPeriod, WatchPeriod);
            await using (watch.ConfigureAwait(false))
                return await ListenAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw await CrashAsync(exception.Message).ConfigureAwait(false);
        }
    }

    private async ValueTask<JobOutcome> ListenAsync()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(attempt.Cancellation);
        try
        {
            while (await child.ReceiveAsync().ConfigureAwait(false) is { } message)
            {
                switch (message)
                {
                    case ChildMessage.Progress(var fraction, var text):
                        attempt.ReportProgress(fraction, text);
                        break;
                    case ChildMessage.Log(var line):
                        attempt.Log(line);
                        break;
                    case ChildMessage.Store(var value):
                        _ = SaveAsync(value);
                        break;
                    case ChildMessage.Call call:
                        _ = calls.AnswerAsync(call, end.Token);
                        break;
                    case ChildMessage.Ended(var outcome):
                        return outcome;
                }
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false); // nobody waits for answers any more
        }

        throw await CrashAsync(null).ConfigureAwait(false);
    }

    private void Watch()
    {
        if (attempt.IsOver)
            child.Kill();
        if (memoryLimit is not { } limit || child.ResidentBytes is var resident && resident <= limit)
            return;
        Interlocked.CompareExchange(ref excess, resident, 0);
        child.Kill();
    }

    private async Task SaveAsync(RawJson value)
    {
        try
        {
            await attempt.SaveCheckpointAsync(value).ConfigureAwait(false);
            await TellAsync(new ChildMessage.Saved(true)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ActorJobsException or ArgumentException)
        {
            await TellAsync(new ChildMessage.Saved(false)).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(ChildMessage message)
    {
        try
        {
            await child.SendAsync(message).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // it has ended, which is found out by listening to it
        }
    }

    private async Task<AttemptEndedException> CrashAsync(string? detail)
    {
        var ending = await child.EndingAsync().ConfigureAwait(false);
        var error = Interlocked.Read(ref excess) is > 0 and var resident
            ? new JobError("MemoryLimitExceeded", string.Create(CultureInfo.InvariantCulture, $"The process held {resident >> 20} MB, {memoryLimit >> 20} MB are allowed, and was killed."), child.Output)
            : new JobError("Crashed", $"The process {ending}{(detail is null ? "" : $" ({detail})")}.", child.Output);
        return new AttemptEndedException(AttemptOutcome.Crashed, error);
    }
}
