using System.Buffers.Binary;
using System.Text;
using ActorJobs.Actors.Stores;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>The commits of a group that are of one shard and name one epoch, in the form <c>commit.lua</c> takes them.</summary>
internal sealed class CommitSection(int shard, long epoch)
{
    /// <summary>At most so many in one section: the script reads all their rows with one command.</summary>
    public const int MaxMembers = 1000;

    private const int RowArguments = 5;
    private static readonly RedisValue Empty = Array.Empty<byte>();
    private static readonly RedisValue Mark = new byte[] { (byte)'-' };
    private static readonly RedisValue Score = "0"u8.ToArray();

    private readonly List<EntityWrite> writes = [];
    private readonly List<byte[]> names = [];
    private readonly Dictionary<string, IndexChange> indexes = new(StringComparer.Ordinal);

    public int Shard => shard;

    /// <summary>Which writes of the group these are.</summary>
    public List<int> Places { get; } = [];

    public void Add(EntityWrite write, int place)
    {
        Places.Add(place);
        writes.Add(write);
        names.Add(EntityName.Encode(write.Key));
        for (var i = 0; i < write.Removed.Count; i++)
            IndexOf(write.Removed[i].Index).Leave(writes.Count, IndexPlace.Encode(write.Removed[i].Sort, names[^1], write.Removed[i].Value));
        for (var i = 0; i < write.Added.Count; i++)
            IndexOf(write.Added[i].Index).Come(writes.Count, IndexPlace.Encode(write.Added[i].Sort, names[^1], write.Added[i].Value));
    }

    public void WriteTo(List<RedisKey> keys, List<RedisValue> arguments, ShardKeys shardKeys)
    {
        keys.AddRange([shardKeys.Entities, shardKeys.History, shardKeys.Leases, shardKeys.Unique, shardKeys.Counts]);
        arguments.EnsureCapacity(arguments.Count + 3 + (writes.Count * (2 + RowArguments)));
        arguments.Add(writes.Count);
        arguments.Add(indexes.Count);
        arguments.Add(epoch);
        foreach (var name in names)
            arguments.Add(name);
        foreach (var write in writes)
            AddRow(arguments, write);
        foreach (var (name, change) in indexes)
        {
            keys.Add(shardKeys.Index(name));
            arguments.Add(name);
            change.WriteTo(arguments);
        }
    }

    private static void AddRow(List<RedisValue> arguments, EntityWrite write)
    {
        var isNever = write.ExpectedVersion == 0 && (write.Delete || write.State is null);
        arguments.Add(isNever ? Mark : EntityRow.Version(write.ExpectedVersion));
        AddContent(arguments, write);
        arguments.Add(LeaseOf(write));
        arguments.Add(write.ReleasedKey is null && write.ClaimedKey is null ? Empty : KeysOf(write));
    }

    // a new entity's row is put together here where it can be: the script then passes it on as it is
    private static void AddContent(List<RedisValue> arguments, EntityWrite write)
    {
        var events = write.Events.Count == 0 ? [] : EventBytes.EncodeAll(write.Events);
        var version = write.ExpectedVersion + write.Events.Count;
        var isWhole = write.ExpectedVersion == 0 && events.Length <= RedisScripts.MaxRowEvents;
        arguments.Add(write switch
        {
            { Delete: true } => Mark,
            { State: { } state } => isWhole ? EntityRow.Whole(version, state, events) : EntityRow.Head(version, state),
            _ => events.Length > 0 ? EntityRow.Version(version) : Empty,
        });
        arguments.Add(isWhole ? Empty : events);
    }

    private static RedisValue LeaseOf(EntityWrite write) => write switch
    {
        { Delete: true } or { Lease: LeaseChange.Clear } => Mark,
        { Lease: LeaseChange.Set, NewLease: { } lease } => EventBytes.Encode(lease),
        _ => Empty,
    };

    private static byte[] KeysOf(EntityWrite write)
    {
        var released = Encoding.UTF8.GetBytes(write.ReleasedKey ?? "");
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, released.Length);
        var flags = (byte)((write.ReleasedKey is null ? 0 : 1) + (write.ClaimedKey is null ? 0 : 2));
        return [flags, .. length, .. released, .. Encoding.UTF8.GetBytes(write.ClaimedKey ?? "")];
    }

    private IndexChange IndexOf(string name) => indexes.TryGetValue(name, out var known) ? known : indexes[name] = new IndexChange();

    /// <summary>What goes into an index and out of it, with the members whose entries these are.</summary>
    private sealed class IndexChange
    {
        private readonly List<byte> leaving = [], coming = [];
        private readonly List<byte[]> left = [], came = [];

        public void Leave(int member, byte[] place) => Note(leaving, left, member, place);

        public void Come(int member, byte[] place) => Note(coming, came, member, place);

        public void WriteTo(List<RedisValue> arguments)
        {
            arguments.Add(leaving.ToArray());
            arguments.Add(coming.ToArray());
            foreach (var place in left)
                arguments.Add(place);
            foreach (var place in came)
            {
                arguments.Add(Score);
                arguments.Add(place);
            }
        }

        private static void Note(List<byte> members, List<byte[]> places, int member, byte[] place)
        {
            members.Add((byte)(member >> 8));
            members.Add((byte)member);
            places.Add(place);
        }
    }
}
