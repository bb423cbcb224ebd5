using System.Text;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Entities;
using ActorJobs.Hosting;

namespace ActorJobs.TestKit.Clusters;

/// <summary>What the nodes of an application say to one another, kind by kind, to be held against what an earlier build has said.</summary>
/// <param name="kind">The kind of entity.</param>
public sealed class WireProbe(EntityKind kind)
{
    /// <summary>The kind's name.</summary>
    public string Kind => kind.Name;

    /// <summary>The types of commands and replies that travel by name.</summary>
    public IReadOnlyDictionary<string, Type> Types => kind.Wire.Known;

    /// <summary>Those of all kinds that a node of the application runs.</summary>
    public static IReadOnlyList<WireProbe> Of(IServiceProvider services) =>
        [.. services.GetRequiredService<JobsNode>().Entities.Kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal).Select(kind => new WireProbe(kind))];

    /// <summary>A command or reply as it travels.</summary>
    public string Encode(object value) => Encoding.UTF8.GetString(kind.Wire.Encode(value).Json);

    /// <summary>What arrives of it.</summary>
    public object? Decode(string name, string json) => kind.Wire.DecodeReply(name, Encoding.UTF8.GetBytes(json));

    /// <summary>A batch of commands as it travels, frame and all.</summary>
    public byte[] EncodeBatch(IReadOnlyList<EntityCommand> commands)
    {
        var writer = CommandWire.Begin();
        Wire.Write(writer, commands);
        return writer.Written.ToArray();
    }

    /// <summary>What arrives of a batch of commands.</summary>
    public IReadOnlyList<EntityCommand> DecodeBatch(byte[] message) => Wire.DecodeCommands(message, Nobody.Instance);

    /// <summary>The replies to a batch as they travel, frame and all.</summary>
    public byte[] EncodeReplies(IReadOnlyList<EntityCommand> commands, IReadOnlyList<object?> replies) => Wire.EncodeReplies(commands, replies).ToArray();

    /// <summary>What arrives of the replies.</summary>
    public object?[] DecodeReplies(byte[] message, IReadOnlyList<EntityCommand> commands) => Wire.DecodeReplies(message, commands);

    private CommandWire Wire => new(System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary([kind], one => one.Name));

    private sealed class Nobody : IReplySink
    {
        public static Nobody Instance { get; } = new();

        public void Reply(int slot, object? reply)
        {
        }
    }
}
