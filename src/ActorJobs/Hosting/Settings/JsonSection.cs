using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ActorJobs.Hosting.Settings;

/// <summary>
/// A value of any shape as configuration writes it. Configuration knows text only: <c>true</c>, <c>false</c> and plain numbers become what they look
/// like, keys counted from 0 a list, and a value that begins with a brace, a bracket or a quote is read as JSON, which says exactly what is meant.
/// </summary>
internal static class JsonSection
{
    public static RawJson Read(IConfigurationSection section, List<string> problems)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, section, problems);
        return RawJson.FromValidUtf8(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, IConfigurationSection section, List<string> problems)
    {
        IConfigurationSection[] children = [.. section.GetChildren()];
        if (children.Length == 0)
        {
            WriteText(writer, section, problems);
        }
        else if (children.Select(child => child.Key).Order(StringComparer.Ordinal).SequenceEqual(Places(children.Length).Order(StringComparer.Ordinal)))
        {
            writer.WriteStartArray();
            foreach (var place in Places(children.Length))
                Write(writer, section.GetSection(place), problems);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStartObject();
            foreach (var child in children)
            {
                writer.WritePropertyName(child.Key);
                Write(writer, child, problems);
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteText(Utf8JsonWriter writer, IConfigurationSection section, List<string> problems)
    {
        switch (section.Value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case ['{' or '[' or '"', ..] json:
                WriteJson(writer, section.Path, json, problems);
                break;
            case var text when bool.TryParse(text, out var truth):
                writer.WriteBooleanValue(truth);
                break;
            // a number is one if it is written as JSON would: not 007, not 1e
            case var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && IsJsonNumber(text):
                writer.WriteRawValue(text);
                break;
            case var text:
                writer.WriteStringValue(text);
                break;
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, string path, string json, List<string> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            document.RootElement.WriteTo(writer);
        }
        catch (JsonException exception)
        {
            problems.Add($"{path}: is no JSON: {exception.Message}");
            writer.WriteNullValue();
        }
    }

    private static bool IsJsonNumber(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Places(int count) => Enumerable.Range(0, count).Select(place => place.ToString(CultureInfo.InvariantCulture));
}
