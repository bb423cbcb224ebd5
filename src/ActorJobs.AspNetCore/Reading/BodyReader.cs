using System.Text;
using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Reads a request body field by field, straight from its bytes. The first thing that is wrong becomes <see cref="Problem"/> and ends every loop:
/// after that all methods answer with nothing, so that callers check once, at the end. Bytes that are no JSON throw <see cref="JsonException"/>.
/// </summary>
internal ref partial struct BodyReader
{
    /// <summary>How deep a value handed through to a handler may nest; the same limit as <see cref="JobJson.Options"/> reads with.</summary>
    public const int MaxDepth = 32;

    private const int MaxShown = 40;

    private readonly ReadOnlySpan<byte> body;
    private Utf8JsonReader json;
    private Place place = new("", -1, "", "");

    public BodyReader(ReadOnlySpan<byte> utf8)
    {
        body = utf8;
        json = new Utf8JsonReader(utf8);
    }

    /// <summary>What is wrong, or null so far.</summary>
    public ApiProblem? Problem { get; private set; }

    /// <summary>Steps onto the body's only value, which must be an object.</summary>
    public bool BeginBody() => json.Read() && BeginObject();

    /// <summary>Whether the value is an object; its fields are read with <see cref="NextField"/>.</summary>
    public bool BeginObject() => Is(JsonTokenType.StartObject, "an object");

    /// <summary>After the body's value nothing may follow.</summary>
    public void EndBody()
    {
        if (Problem is null)
            json.Read();
    }

    /// <summary>Steps onto the value of the object's next field. False at the object's end, or when something is wrong.</summary>
    /// <param name="seen">The fields the object had so far, a bit each; begin with 0.</param>
    /// <param name="field">Which field it is.</param>
    public bool NextField<TField>(ref uint seen, out TField field)
        where TField : struct, Enum
    {
        field = default;
        if (Problem is not null || !json.Read() || json.TokenType == JsonTokenType.EndObject)
            return false;
        var fields = FieldSet<TField>.Instance;
        var index = fields.IndexOf(in json);
        place.Field = index < 0 ? json.GetString()! : fields.NameOf(index);
        if (index < 0)
            return Fail(Problems.UnknownField(place.ToString(), fields.Allowed));
        if ((seen & (1u << index)) != 0)
            return Fail(Problems.DuplicateField(place.ToString()));
        seen |= 1u << index;
        field = fields.FieldAt(index);
        return json.Read();
    }

    /// <summary>Whether the value is an array; step through it with <see cref="NextItem"/>.</summary>
    public bool BeginArray() => Is(JsonTokenType.StartArray, "an array");

    /// <summary>Steps onto the array's next item. False at its end, or when something is wrong.</summary>
    public bool NextItem() => Problem is null && json.Read() && json.TokenType != JsonTokenType.EndArray;

    /// <summary>From now on pointers begin with an item of the array being read. Hand what it returns to <see cref="Leave"/>.</summary>
    public Place EnterItem(int index)
    {
        var outer = place;
        place = new Place(place.List.Length == 0 ? "/" + place.Field : place.List, index, "", "");
        return outer;
    }

    /// <summary>From now on pointers begin with the field being read. Hand what it returns to <see cref="Leave"/>.</summary>
    public Place EnterField()
    {
        var outer = place;
        place = place with { Outer = "/" + place.Field, Field = "" };
        return outer;
    }

    /// <summary>Ends an <c>Enter</c>.</summary>
    public void Leave(Place outer) => place = outer;

    /// <summary>Notes what is wrong, unless something was wrong before. Always false.</summary>
    public bool Fail(ApiProblem problem)
    {
        Problem ??= problem;
        return false;
    }

    /// <summary>Notes that a field the object must have is missing.</summary>
    public bool FailMissing(string name) => Fail(Problems.MissingField((place with { Field = name }).ToString()));

    /// <summary>Notes what is wrong with one field of the object that was read.</summary>
    public bool FailAt(string name, string code, string detail) => Fail(Problems.Invalid(code, detail, (place with { Field = name }).ToString()));

    /// <summary>Whether reading failed because the bytes are no JSON, or text in them is no text (a lone surrogate).</summary>
    public static bool IsMalformed(Exception exception) => exception is JsonException or InvalidOperationException;

    private bool Is(JsonTokenType type, string expected) => json.TokenType == type || FailType(expected);

    private bool FailType(string expected, string item = "") =>
        Fail(Problems.WrongType(place + item, expected, Found()));

    // a number as it stands, for it may be its value that does not fit
    private readonly string Found() => json.TokenType switch
    {
        JsonTokenType.Number when json.ValueSpan.Length <= MaxShown => Encoding.UTF8.GetString(json.ValueSpan),
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    /// <summary>Where the reader is: an item of a list, a field with fields of its own, a field. Put together only when something is wrong.</summary>
    public record struct Place(string List, int Item, string Outer, string Field)
    {
        /// <summary>The JSON pointer, RFC 6901.</summary>
        public override readonly string ToString() =>
            List + (Item < 0 ? "" : $"/{Item}") + Outer + (Field.Length == 0 ? "" : "/" + Escape(Field));

        /// <summary>RFC 6901, section 3.</summary>
        public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}
