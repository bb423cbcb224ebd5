using System.Collections.Frozen;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace ActorJobs.Pools.Isolated;

/// <summary>
/// What a child process does: runs one attempt after another as its node says. Its messages are read by a thread of their own, which also ends the process when the node
/// is gone: that must work whatever the handler does with its threads.
/// </summary>
internal sealed class ChildLoop(IServiceProvider services, MessageStream node)
{
    private readonly FrozenDictionary<string, JobKind> kinds = services.GetServices<JobKind>().ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);
    private readonly Channel<ChildMessage.Run> runs = Channel.CreateBounded<ChildMessage.Run>(1);
    private volatile Action? cancel; // this and current: written by the loop, used by the reader
    private volatile ChildContext? current;

    public async Task RunAsync()
    {
        new Thread(Listen) { IsBackground = true, Name = "node" }.Start();
        node.WriteMark();
        await node.WriteAsync(new ChildMessage.Ready(), CancellationToken.None).ConfigureAwait(false);
        await foreach (var run in runs.Reader.ReadAllAsync().ConfigureAwait(false))
            await EndAsync(await RunAsync(run).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task<JobOutcome> RunAsync(ChildMessage.Run run)
    {
        if (!kinds.TryGetValue(run.Kind, out var kind))
            return JobOutcome.Snoozed(TimeSpan.FromSeconds(30));
        using var source = new CancellationTokenSource();
        cancel = source.Cancel;
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                var context = current = new ChildContext(run, node, scope.ServiceProvider, source.Token);
                return await Task.Run(() => kind.RunAsync(run.Args, context).AsTask()).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // the executor boundary: what user code throws is the attempt's outcome
            catch (Exception exception)
            {
                return AttemptErrors.OutcomeOf(exception, kind.Options, source.IsCancellationRequested);
            }
#pragma warning restore CA1031
            finally
            {
                (current, cancel) = (null, null);
            }
        }
    }

    private async Task EndAsync(JobOutcome outcome)
    {
        try
        {
            await node.WriteAsync(new ChildMessage.Ended(outcome), CancellationToken.None).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            await node.WriteAsync(new ChildMessage.Ended(new JobOutcome.Discard(new JobError("OutcomeNotStored", exception.Message, null))), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void Listen()
    {
        try
        {
            while (node.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is { } message)
            {
                switch (message)
                {
                    case ChildMessage.Run run:
                        runs.Writer.TryWrite(run);
                        break;
                    case ChildMessage.Cancel:
                        Cancel();
                        break;
                    case ChildMessage.Saved(var isRunning):
                        current?.Saved(isRunning);
                        break;
                    case ChildMessage.Answer answer:
                        current?.Answered(answer);
                        break;
                    case ChildMessage.Leave:
                        runs.Writer.TryComplete();
                        break;
                }
            }
        }
        finally
        {
            if (!runs.Reader.Completion.IsCompleted)
                Process.GetCurrentProcess().Kill(); // the node is gone
        }
    }

    // callbacks of user code may take their time, and the next message must be read meanwhile
    private void Cancel()
    {
        if (cancel is not { } stop)
            return;
        ThreadPool.UnsafeQueueUserWorkItem(
            static stop =>
            {
                try
                {
                    stop();
                }
                catch (Exception exception) when (exception is AggregateException or ObjectDisposedException)
                {
                    // what callbacks of user code throw is theirs alone; an attempt that has just ended needs no stopping
                }
            },
            stop,
            preferLocal: false);
    }
}
