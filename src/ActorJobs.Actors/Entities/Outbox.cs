using ActorJobs.Actors.Shards;

namespace ActorJobs.Actors.Entities;

/// <summary>
/// The messages of a shard's entities that are on their way, or wait to be sent again. Bounded; used only in its shard's turns, except that replies
/// come from anywhere, as messages to the shard.
/// </summary>
internal sealed class Outbox
{
    /// <summary>The index of entities that have messages to send.</summary>
    public const string Index = "outbox";

    private const int MaxSenders = 8192;
    private const int MaxInFlight = 256; // per sender
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    private readonly Dictionary<EntityKey, Sender> senders = [];
    private readonly Dictionary<EntityKey, List<OutboxAnswer>> answers = [];
    private readonly List<(EntityKey From, OutboxMessage Message)> ready = [];

    public bool IsEmpty => senders.Count == 0;

    public bool HasRoom => senders.Count <= MaxSenders / 2;

    public bool HasAnswers => answers.Count > 0;

    /// <summary>Sees to the messages an entity has to send now. False when there is no room for one more sender.</summary>
    public bool Note(EntityKey key, IReadOnlyList<OutboxMessage> messages, DateTimeOffset now)
    {
        if (!senders.TryGetValue(key, out var sender))
        {
            if (senders.Count >= MaxSenders)
                return false;
            senders[key] = sender = new Sender { LastHeard = now, NextLook = now + LongestWait };
        }

        var wanted = new HashSet<string>(messages.Count, StringComparer.Ordinal);
        for (var i = 0; i < messages.Count && wanted.Count < MaxInFlight; i++)
        {
            wanted.Add(messages[i].Id);
            if (sender.Known.Add(messages[i].Id))
                ready.Add((key, messages[i]));
        }

        sender.Known.IntersectWith(wanted);
        sender.Waiting.IntersectWith(wanted);
        return true;
    }

    public void Forget(EntityKey key)
    {
        if (senders.Count > 0)
            senders.Remove(key);
    }

    /// <summary>Notes a reply. A failure that may pass has its message sent again after a while.</summary>
    public void Answer(EntityKey key, string id, object? reply, DateTimeOffset now)
    {
        if (!senders.TryGetValue(key, out var sender) || !sender.Known.Contains(id))
            return; // the entity does not wait for it any more
        sender.LastHeard = now;
        sender.Waiting.Add(id); // also when answered: should that not be stored, it is sent again
        if (reply is EntityFailure { Reason: EntityFailureReason.Unavailable or EntityFailureReason.Faulted or EntityFailureReason.UnknownKind })
        {
            sender.Wait = sender.Wait == TimeSpan.Zero ? FirstWait : sender.Wait < LongestWait / 2 ? sender.Wait * 2 : LongestWait;
            sender.NextLook = Earlier(sender.NextLook, now + sender.Wait);
            return;
        }

        sender.Wait = TimeSpan.Zero;
        if (!answers.TryGetValue(key, out var list))
            answers[key] = list = [];
        list.Add(new OutboxAnswer(id, reply));
    }

    public IReadOnlyList<KeyValuePair<EntityKey, List<OutboxAnswer>>> TakeAnswers()
    {
        KeyValuePair<EntityKey, List<OutboxAnswer>>[] taken = [.. answers];
        answers.Clear();
        return taken;
    }

    /// <summary>The entities whose messages are to be looked at again; what waited of them counts as not sent.</summary>
    public IReadOnlyList<EntityKey> TakeDue(DateTimeOffset now, int limit)
    {
        var due = new List<EntityKey>();
        foreach (var (key, sender) in senders)
        {
            if (sender.NextLook > now)
                continue;
            if (due.Count == limit)
                break; // the others at the next look
            sender.NextLook = now + LongestWait;
            sender.Known.ExceptWith(sender.Waiting);
            sender.Waiting.Clear();
            if (now - sender.LastHeard >= LongestSilence)
                sender.Known.Clear(); // every command is answered; should one not be, repeating it does no harm
            due.Add(key);
        }

        return due;
    }

    /// <summary>The commands to be sent now, their replies going to the shard.</summary>
    public IReadOnlyList<EntityCommand> TakeCommands(ActorRef<ShardMessage> shard, long epoch)
    {
        if (ready.Count == 0)
            return [];
        EntityCommand[] commands = [.. ready.Select(item => new EntityCommand(
            item.Message.To, item.Message.Command, new Replies(shard, epoch, item.From, item.Message.Id)))];
        ready.Clear();
        return commands;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    /// <summary>An entity with messages on their way.</summary>
    private sealed class Sender
    {
        /// <summary>The messages that were sent, or are about to be.</summary>
        public HashSet<string> Known { get; } = new(StringComparer.Ordinal);

        /// <summary>Those of them that are to be sent again if the entity still wants it.</summary>
        public HashSet<string> Waiting { get; } = new(StringComparer.Ordinal);

        public TimeSpan Wait { get; set; }

        public DateTimeOffset NextLook { get; set; }

        public DateTimeOffset LastHeard { get; set; }
    }

    private sealed class Replies(ActorRef<ShardMessage> shard, long epoch, EntityKey from, string id) : IReplySink
    {
        public void Reply(int slot, object? reply) => shard.Tell(new ShardMessage.Answered(epoch, from, id, reply));
    }
}
