using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace ActorJobs;

/// <summary>What values of JSON and of types are called in problems.</summary>
internal static class JsonWords
{
    private const int MaxShown = 40;

    /// <summary>What a value is; numbers and short texts as they stand, for it may be their value and not their type that does not fit.</summary>
    public static string Found(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String when value.GetRawText() is { Length: <= MaxShown } text => $"the string {text}",
        JsonValueKind.String => "a string",
        JsonValueKind.Number when value.GetRawText() is { Length: <= MaxShown } number => number,
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    /// <summary>What a type takes.</summary>
    public static string Expected(Type? type)
    {
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (type is { IsEnum: true })
            return $"one of {string.Join(", ", Enum.GetNames(type))}";
        return Type.GetTypeCode(type) switch
        {
            TypeCode.String or TypeCode.Char => "a string",
            TypeCode.Boolean => "true or false",
            TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64 =>
                string.Create(CultureInfo.InvariantCulture, $"a whole number from {Bound(type!, "MinValue")} to {Bound(type!, "MaxValue")}"),
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
            TypeCode.DateTime => "an instant as RFC 3339 (2026-11-22T10:00:00Z)",
            _ => Other(type),
        };
    }

    private static string Other(Type? type) =>
        type == typeof(DateTimeOffset) ? "an instant as RFC 3339 (2026-11-22T10:00:00Z)"
        : type == typeof(TimeSpan) ? "a duration (00:00:10)"
        : type == typeof(Guid) ? "a UUID"
        : type == typeof(Uri) ? "an address"
        : type is null ? "another value"
        : typeof(IDictionary).IsAssignableFrom(type) || ImplementsPairs(type) ? "an object"
        : typeof(IEnumerable).IsAssignableFrom(type) ? "an array"
        : "an object";

    private static bool ImplementsPairs(Type type) => type.GetInterfaces().Append(type).Any(face =>
        face.IsGenericType && face.GetGenericTypeDefinition() is var open && (open == typeof(IReadOnlyDictionary<,>) || open == typeof(IDictionary<,>)));

    private static object? Bound(Type type, string name) => type.GetField(name)!.GetValue(null);
}
