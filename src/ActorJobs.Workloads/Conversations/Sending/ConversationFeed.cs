using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Tells watchers on this node that conversations have changed. A slow watcher misses changes and never the fact that there were some.</summary>
internal sealed class ConversationFeed
{
    private readonly ConcurrentDictionary<Subscription, string?> subscriptions = new();

    public void Publish(string conversation)
    {
        foreach (var (subscription, wanted) in subscriptions)
        {
            if (wanted is null || wanted == conversation)
                subscription.Signal();
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="conversation">To which; null: to all.</param>
    public Subscription Subscribe(string? conversation = null)
    {
        var subscription = new Subscription(this);
        subscriptions[subscription] = conversation;
        return subscription;
    }

    internal sealed class Subscription(ConversationFeed feed) : IDisposable
    {
        private readonly Channel<bool> signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public void Signal() => signals.Writer.TryWrite(true);

        /// <summary>Ends when there was a change since the last call.</summary>
        public async ValueTask WaitAsync(CancellationToken cancellationToken) => await signals.Reader.ReadAsync(cancellationToken);

        public void Dispose() => feed.subscriptions.TryRemove(this, out _);
    }
}
