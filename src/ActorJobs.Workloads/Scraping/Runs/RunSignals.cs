using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>
/// Wakes those who watch a run on the node that owns it when it changes. A hint only: a watcher also looks by itself, often enough that a change by another
/// node is seen within a second.
/// </summary>
internal sealed class RunSignals(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private readonly TimeProvider time = time;
    private readonly ConcurrentDictionary<Subscription, string> subscriptions = new();

    public void Raise(string runId)
    {
        foreach (var (subscription, watched) in subscriptions)
        {
            if (watched == runId)
                subscription.Wake();
        }
    }

    /// <summary>Subscribe before reading the run: a change in between then wakes the next wait at once.</summary>
    public Subscription Subscribe(string runId)
    {
        var subscription = new Subscription(this);
        subscriptions[subscription] = runId;
        return subscription;
    }

    internal sealed class Subscription(RunSignals signals) : IDisposable
    {
        // one place is enough: however many changes happened, the watcher reads the run once
        private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public void Wake() => wakes.Writer.TryWrite(true);

        public async Task WaitAsync(CancellationToken cancellationToken)
        {
            using var patience = new CancellationTokenSource(Patience, signals.time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                await wakes.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // patience is over: look without having been woken
            }
        }

        public void Dispose() => signals.subscriptions.TryRemove(this, out _);
    }
}
