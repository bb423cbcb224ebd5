using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>
/// A pickle's plain values as JSON. A pickle of a few bytes can hold a value that is shared so often that written out it fills the memory, or that holds itself:
/// depth and size of the JSON are bounded.
/// </summary>
internal static class PickleJson
{
    private const int MaxDepth = 60;
    private const int MaxBytes = 8 << 20;

    /// <summary>Reads a pickle; throws <see cref="NotCarriedException"/> when it holds anything but plain values.</summary>
    public static JsonElement Read(ReadOnlySpan<byte> pickle)
    {
        var value = PickleReader.Read(pickle);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, value, 0);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>What Python calls the type of a plain value.</summary>
    public static string NameOf(object? value) => value switch
    {
        null => "None",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        string => "str",
        List<object?> => "tuple",
        _ => "dict",
    };

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > MaxDepth || writer.BytesCommitted + writer.BytesPending > MaxBytes)
            throw new NotCarriedException($"its arguments hold themselves, are nested more than {MaxDepth} deep, or are larger than {MaxBytes >> 20} MiB as JSON");
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool yes: writer.WriteBooleanValue(yes); break;
            case long number: writer.WriteNumberValue(number); break;
            case BigInteger number: writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture)); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case double: throw new NotCarriedException("its arguments hold a number that is infinite or none (nan), which JSON does not have");
            case string text: writer.WriteStringValue(text); break;
            case List<object?> items: WriteList(writer, items, depth); break;
            default: WriteDict(writer, (Dictionary<string, object?>)value, depth); break;
        }
    }

    private static void WriteList(Utf8JsonWriter writer, List<object?> items, int depth)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            Write(writer, item, depth + 1);
        writer.WriteEndArray();
    }

    private static void WriteDict(Utf8JsonWriter writer, Dictionary<string, object?> items, int depth)
    {
        writer.WriteStartObject();
        foreach (var (name, item) in items)
        {
            writer.WritePropertyName(name);
            Write(writer, item, depth + 1);
        }

        writer.WriteEndObject();
    }
}
