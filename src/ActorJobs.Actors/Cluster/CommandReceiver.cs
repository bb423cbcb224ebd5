using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;

namespace ActorJobs.Actors.Cluster;

/// <summary>Takes in the commands of other nodes: gives them to the shards this node runs, and answers when all have been replied to.</summary>
internal sealed class CommandReceiver(EntityHostContext host)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15); // before the caller's

    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var replies = new Replies(host.System.Dispatcher);
        var commands = host.Wire.DecodeCommands(body.Span, replies);
        replies.Expect(commands.Count);
        foreach (var byShard in commands.GroupBy(command => ShardHash.Of(command.Key.Id, host.Options.Shards)))
            Deliver(byShard.Key, [.. byShard]);
        await replies.WaitAsync(Deadline, host.System.Time, cancellationToken).ConfigureAwait(false);
        return host.Wire.EncodeReplies(commands, replies.Taken());
    }

    private void Deliver(int shard, List<EntityCommand> commands)
    {
        foreach (var refused in commands.Where(command => command.Command is EntityFailure))
            refused.Replies!.Reply(refused.Slot, refused.Command);
        EntityCommand[] known = [.. commands.Where(command => command.Command is not EntityFailure)];
        if (known.Length > 0)
            host.Deliver(shard, known);
    }

    /// <summary>The replies of one call, from several shards' turns.</summary>
    private sealed class Replies(Dispatcher dispatcher) : IForwardedReplies
    {
        private static readonly object Missing = new EntityFailure(EntityFailureReason.Unavailable, "no reply in time; what became of the command is unknown");

        private readonly Completion<bool> complete = new(dispatcher);
        private object?[] replies = [];
        private int open;

        public void Expect(int count)
        {
            replies = new object?[count];
            Array.Fill(replies, Missing);
            open = count;
            if (count == 0)
                complete.Set(true);
        }

        public void Reply(int slot, object? reply)
        {
            Volatile.Write(ref replies[slot], reply);
            if (Interlocked.Decrement(ref open) == 0)
                complete.Set(true);
        }

        public async Task WaitAsync(TimeSpan deadline, TimeProvider time, CancellationToken cancellationToken)
        {
            try
            {
                await complete.Task.WaitAsync(deadline, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // the slots without a reply say so
            }
        }

        public object?[] Taken() => [.. replies];
    }
}
