using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Cluster;

/// <summary>
/// How the commands and replies of a kind travel between nodes: JSON with a name, looked up in a list of known types and never resolved as a .NET
/// type. Commands are all of the kind's command type; a reply of a type that is not listed arrives as JSON and becomes what its asker wants.
/// </summary>
internal sealed class WireTypes
{
    // going through all types of an assembly takes a millisecond; one entry for each kind of the process
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Type>> Commands = new();

    private readonly JsonSerializerOptions options;
    private readonly FrozenDictionary<string, Type> types;
    private readonly FrozenDictionary<Type, string> names;

    public WireTypes(Type command, IEnumerable<Type> replies, JsonSerializerOptions options)
    {
        this.options = options;
        names = Commands.GetOrAdd(command, DerivedTypes.Of).Concat(replies).Distinct().ToFrozenDictionary(type => type, type => type.Name);
        types = names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }

    /// <summary>What travels by name.</summary>
    public IReadOnlyDictionary<string, Type> Known => types;

    /// <summary>The name and JSON of a command or reply; the name is empty for a type that is not listed.</summary>
    public (string Name, byte[] Json) Encode(object value)
    {
        var type = value.GetType();
        return names.TryGetValue(type, out var name)
            ? (name, JsonSerializer.SerializeToUtf8Bytes(value, type, options))
            : ("", JsonSerializer.SerializeToUtf8Bytes(value, ReplyShape.Of(value), JsonSerializerOptions.Web));
    }

    /// <summary>A command, or null when this build does not know it.</summary>
    public object? DecodeCommand(string name, ReadOnlySpan<byte> json) =>
        types.TryGetValue(name, out var type) ? JsonSerializer.Deserialize(json, type, options) : null;

    /// <summary>A reply.</summary>
    public object? DecodeReply(string name, ReadOnlySpan<byte> json) => types.TryGetValue(name, out var type)
        ? JsonSerializer.Deserialize(json, type, options)
        : new EncodedReply(JsonSerializer.Deserialize<JsonElement>(json));
}
