using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <content>Values of one type each. JSON null stands for a field that is not there.</content>
internal ref partial struct BodyReader
{
    public readonly bool IsNull => json.TokenType == JsonTokenType.Null;

    public readonly bool IsObject => json.TokenType == JsonTokenType.StartObject;

    public string? ReadText()
    {
        if (json.TokenType == JsonTokenType.String)
            return json.GetString();
        NullOrFail("a string");
        return null;
    }

    /// <summary>As <see cref="ReadText()"/>, but a value equal to <paramref name="last"/> is that same string: batches repeat kinds and queues.</summary>
    public string? ReadText(ref string? last) =>
        json.TokenType == JsonTokenType.String && last is not null && json.ValueTextEquals(last) ? last : last = ReadText();

    public int? ReadInteger()
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number))
            return number;
        NullOrFail("a whole number from -2147483648 to 2147483647");
        return null;
    }

    public long? ReadLong()
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number))
            return number;
        NullOrFail("a whole number from -9223372036854775808 to 9223372036854775807");
        return null;
    }

    public double? ReadNumber()
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var number) && double.IsFinite(number))
            return number;
        NullOrFail("a number");
        return null;
    }

    public bool? ReadBoolean()
    {
        if (json.TokenType is JsonTokenType.True or JsonTokenType.False)
            return json.GetBoolean();
        NullOrFail("true or false");
        return null;
    }

    public TimeSpan? ReadDuration()
    {
        if (json.TokenType == JsonTokenType.String && IsoDuration.TryParse(json.GetString(), out var duration))
            return duration;
        if (json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var seconds) && seconds is >= 0 and <= IsoDuration.MaxSeconds)
            return TimeSpan.FromSeconds(seconds);
        NullOrFail($"a duration as ISO 8601 (PT10S) or in seconds, not negative and at most {IsoDuration.MaxSeconds:F0} seconds");
        return null;
    }

    public DateTimeOffset? ReadInstant()
    {
        // RFC 3339 wants an offset; without one the parser would assume the zone of this machine
        if (json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var instant) && EndsWithOffset(json.ValueSpan))
            return instant.ToUniversalTime();
        NullOrFail("an instant as RFC 3339 with its offset (2026-11-22T10:00:00Z)");
        return null;

        static bool EndsWithOffset(ReadOnlySpan<byte> text) =>
            text.Length > 10 && (text[^1] is (byte)'Z' or (byte)'z' || (text[^3] == (byte)':' && text[^6] is (byte)'+' or (byte)'-'));
    }

    /// <summary>One of <paramref name="words"/>, matched exactly; answers its index.</summary>
    public int? ReadWord(ReadOnlySpan<string> words)
    {
        for (var index = 0; json.TokenType == JsonTokenType.String && index < words.Length; index++)
        {
            if (json.ValueTextEquals(words[index]))
                return index;
        }

        NullOrFail("one of " + string.Join(", ", words));
        return null;
    }

    public IReadOnlyList<TimeSpan>? ReadDurations()
    {
        if (IsNull || !BeginArray())
            return null;
        var items = new List<TimeSpan>();
        while (NextItem())
            items.Add(ReadDuration() ?? TimeSpan.Zero);
        return items;
    }

    public IReadOnlyList<string>? ReadTexts()
    {
        if (IsNull || !BeginArray())
            return null;
        var items = new List<string>();
        while (NextItem())
        {
            if (json.TokenType == JsonTokenType.String)
                items.Add(json.GetString()!);
            else
                FailType("a string", $"/{items.Count}");
        }

        return items;
    }

    public IReadOnlyDictionary<string, string>? ReadTextMap()
    {
        if (IsNull || !BeginObject())
            return null;
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Problem is null && json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (json.TokenType != JsonTokenType.String)
                FailType("a string", "/" + Place.Escape(name));
            else if (!entries.TryAdd(name, json.GetString()!))
                Fail(Problems.DuplicateField($"{place}/{Place.Escape(name)}"));
        }

        return entries;
    }

    /// <summary>The value's own bytes, copied, whatever its type. Text in it is text: half a surrogate pair would fail whoever reads it later.</summary>
    public RawJson ReadRaw()
    {
        var start = (int)json.TokenStartIndex;
        CheckText();
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            // CurrentDepth counts the levels around the token
            for (var outside = json.CurrentDepth; json.Read() && json.CurrentDepth > outside;)
            {
                CheckText();
                if (json.CurrentDepth - outside >= MaxDepth && json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    Fail(Problems.TooDeep(place.ToString(), MaxDepth));
                    return default;
                }
            }
        }

        return RawJson.FromValidUtf8(body[start..(int)json.BytesConsumed].ToArray());
    }

    // only an escape can spell what is no text: the bytes themselves are known to be UTF-8
    private readonly void CheckText()
    {
        if (json.ValueIsEscaped)
            _ = json.GetString();
    }

    private void NullOrFail(string expected)
    {
        if (!IsNull)
            FailType(expected);
    }
}
