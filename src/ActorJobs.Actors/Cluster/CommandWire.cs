using System.Collections.Frozen;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Cluster;

/// <summary>Commands and their replies between nodes. Both ends know the format's version, so that a later one may read an earlier one's.</summary>
internal sealed class CommandWire(FrozenDictionary<string, EntityKind> kinds)
{
    private const byte Format = 1;
    private const byte IsNewFlag = 1;

    /// <summary>Begins a batch of commands.</summary>
    public static WireWriter Begin()
    {
        var writer = new WireWriter();
        writer.Write(Format);
        return writer;
    }

    /// <summary>Writes commands to a batch: all of them, or none when one cannot be written.</summary>
    public void Write(WireWriter writer, IReadOnlyList<EntityCommand> commands)
    {
        (string, byte[])[] encoded = [.. commands.Select(command => kinds[command.Key.Kind].Wire.Encode(command.Command))];
        for (var i = 0; i < encoded.Length; i++)
        {
            var (command, (name, json)) = (commands[i], encoded[i]);
            writer.Write(command.IsNew ? IsNewFlag : (byte)0);
            writer.Write(command.Key.Kind);
            writer.Write(command.Key.Id);
            writer.Write(command.CommandId ?? "");
            writer.Write(name);
            writer.Write(json);
        }
    }

    /// <summary>Reads a batch of commands. What this build does not know comes with its failure as the command.</summary>
    public IReadOnlyList<EntityCommand> DecodeCommands(ReadOnlySpan<byte> message, IReplySink replies)
    {
        var reader = new WireReader(message);
        Expect(reader.ReadByte());
        var commands = new List<EntityCommand>();
        while (!reader.IsAtEnd)
        {
            var flags = reader.ReadByte();
            var key = new EntityKey(reader.ReadText(), reader.ReadText());
            var id = reader.ReadText();
            var name = reader.ReadText();
            var json = reader.ReadBytes();
            var command = !kinds.TryGetValue(key.Kind, out var kind)
                ? new EntityFailure(EntityFailureReason.UnknownKind, key.Kind)
                : kind.Wire.DecodeCommand(name, json)
                    ?? new EntityFailure(EntityFailureReason.Unavailable, $"the node's build does not know the command '{name}' of '{key.Kind}'");
            commands.Add(new EntityCommand(key, command, replies, commands.Count, id.Length == 0 ? null : id) { IsNew = (flags & IsNewFlag) != 0 });
        }

        return commands;
    }

    /// <summary>Writes the replies to a batch.</summary>
    public ReadOnlyMemory<byte> EncodeReplies(IReadOnlyList<EntityCommand> commands, IReadOnlyList<object?> replies)
    {
        var writer = new WireWriter();
        writer.Write(Format);
        for (var i = 0; i < replies.Count; i++)
        {
            switch (replies[i])
            {
                case null:
                    writer.Write((byte)ReplyForm.Nothing);
                    break;
                case EntityFailure(var reason, var detail):
                    writer.Write((byte)ReplyForm.Failure);
                    writer.Write((int)reason);
                    writer.Write(detail);
                    break;
                case var reply:
                    var (name, json) = reply is EncodedReply encoded
                        ? ("", System.Text.Encoding.UTF8.GetBytes(encoded.Json.GetRawText()))
                        : kinds[commands[i].Key.Kind].Wire.Encode(reply);
                    writer.Write((byte)ReplyForm.Reply);
                    writer.Write(name);
                    writer.Write(json);
                    break;
            }
        }

        return writer.Written;
    }

    /// <summary>Reads the replies to a batch.</summary>
    public object?[] DecodeReplies(ReadOnlySpan<byte> message, IReadOnlyList<EntityCommand> commands)
    {
        var reader = new WireReader(message);
        Expect(reader.ReadByte());
        var replies = new object?[commands.Count];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = (ReplyForm)reader.ReadByte() switch
            {
                ReplyForm.Nothing => null,
                ReplyForm.Failure => new EntityFailure((EntityFailureReason)reader.ReadInt(), reader.ReadText()),
                ReplyForm.Reply => kinds[commands[i].Key.Kind].Wire.DecodeReply(reader.ReadText(), reader.ReadBytes()),
                var unknown => throw new InvalidDataException($"A reply of form {unknown} is not known."),
            };
        }

        return replies;
    }

    private static void Expect(byte format)
    {
        if (format != Format)
            throw new InvalidDataException($"Another node speaks format {format}; this build knows {Format}.");
    }

    private enum ReplyForm : byte
    {
        Nothing,
        Failure,
        Reply,
    }
}
