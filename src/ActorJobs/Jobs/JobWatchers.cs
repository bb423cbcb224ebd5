using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ActorJobs.Jobs;

/// <summary>Who watches which job on this node. Jobs without watchers cost one look-up.</summary>
internal sealed class JobWatchers
{
    private const int Buffer = 16; // a slow reader misses the oldest of these; the last one it always gets

    private readonly ConcurrentDictionary<JobId, Channel<JobView>[]> watched = new();

    private int subscriptions; // the dictionary's IsEmpty takes all of its locks

    public bool Any => Volatile.Read(ref subscriptions) > 0;

    public bool IsWatched(JobId id) => watched.ContainsKey(id);

    public Subscription Watch(JobId id)
    {
        var channel = Channel.CreateBounded<JobView>(new BoundedChannelOptions(Buffer) { FullMode = BoundedChannelFullMode.DropOldest });
        watched.AddOrUpdate(id, _ => [channel], (_, others) => [.. others, channel]);
        Interlocked.Increment(ref subscriptions);
        return new Subscription(this, id, channel);
    }

    public void Publish(JobView view)
    {
        if (!watched.TryGetValue(view.Id, out var channels))
            return;
        foreach (var channel in channels)
            channel.Writer.TryWrite(view);
    }

    private void Remove(JobId id, Channel<JobView> channel)
    {
        Interlocked.Decrement(ref subscriptions);
        while (watched.TryGetValue(id, out var channels))
        {
            Channel<JobView>[] left = [.. channels.Where(other => other != channel)];
            if (left.Length == 0 ? watched.TryRemove(new(id, channels)) : watched.TryUpdate(id, left, channels))
                return;
        }
    }

    public sealed class Subscription(JobWatchers watchers, JobId id, Channel<JobView> channel) : IDisposable
    {
        public ChannelReader<JobView> Views => channel.Reader;

        public void Dispose() => watchers.Remove(id, channel);
    }
}
