using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace ActorJobs.Actors.Entities;

/// <summary>
/// Stores states and events as JSON. Events are named by <see cref="EventTypeAttribute"/>, else by <c>{kind}.{type-name}.v1</c>; the type in the
/// store is only ever looked up in that list, never resolved as a .NET type.
/// </summary>
public sealed class JsonEntityCodec<TState, TEvent> : IEntityCodec<TState, TEvent>
    where TState : class
    where TEvent : class
{
    private readonly JsonSerializerOptions options;
    private readonly FrozenDictionary<string, Type> typesByName;
    private readonly FrozenDictionary<Type, string> namesByType;
    private readonly IReadOnlyDictionary<string, Func<JsonElement, TEvent>> upcasters;

    /// <summary>Makes the codec of a kind.</summary>
    /// <param name="kind">The kind's name, for events without a name of their own.</param>
    /// <param name="options">How to write JSON; a source-generated resolver makes it fast.</param>
    /// <param name="schema">The version of the state's shape.</param>
    /// <param name="upcasters">How to read event names that are no longer written.</param>
    public JsonEntityCodec(
        string kind, JsonSerializerOptions options, int schema = 1, IReadOnlyDictionary<string, Func<JsonElement, TEvent>>? upcasters = null)
    {
        this.options = options;
        Schema = schema;
        this.upcasters = upcasters ?? new Dictionary<string, Func<JsonElement, TEvent>>();
        namesByType = DerivedTypes.Of(typeof(TEvent)).ToFrozenDictionary(type => type, type => NameOf(type, kind));
        typesByName = namesByType.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }

    /// <inheritdoc/>
    public int Schema { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> EncodeState(TState state) => Encode(state, typeof(TState));

    /// <inheritdoc/>
    public TState DecodeState(ReadOnlyMemory<byte> data) => JsonSerializer.Deserialize<TState>(data.Span, options)!;

    /// <inheritdoc/>
    public string TypeOf(TEvent happened) => namesByType[happened.GetType()];

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> EncodeEvent(TEvent happened) => Encode(happened, happened.GetType());

    /// <inheritdoc/>
    public TEvent DecodeEvent(string type, ReadOnlyMemory<byte> data)
    {
        if (typesByName.TryGetValue(type, out var known))
            return (TEvent)JsonSerializer.Deserialize(data.Span, known, options)!;
        if (!upcasters.TryGetValue(type, out var upcast))
            throw new JsonException($"'{type}' is no event of this kind; known: {string.Join(", ", typesByName.Keys.Order())}.");
        using var document = JsonDocument.Parse(data);
        return upcast(document.RootElement);
    }

    /// <summary>The stable name of a type of events.</summary>
    public string NameOf(Type type) => namesByType[type];

    private ReadOnlyMemory<byte> Encode(object value, Type type)
    {
        var (buffer, writer) = EncodingBuffer.Rent();
        JsonSerializer.Serialize(writer, value, type, options);
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        EncodingBuffer.Return(buffer);
        return bytes;
    }

    private static string NameOf(Type type, string kind) =>
        type.GetCustomAttribute<EventTypeAttribute>()?.Name ?? $"{kind}.{Kebab(type.Name)}.v1";

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && kebab.Length > 0)
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }
}
