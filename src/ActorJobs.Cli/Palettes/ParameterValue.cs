using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>What may be typed for a parameter, and how it goes into a request.</summary>
internal static class ParameterValue
{
    /// <summary>What is wrong with a value, or null.</summary>
    public static string? Problem(PaletteParameter parameter, string text) => parameter switch
    {
        { Values.Count: > 0 } when !parameter.Values.Contains(text, StringComparer.OrdinalIgnoreCase) => $"'{text}' is none of {string.Join(", ", parameter.Values)}.",
        { In: "path" } when text.Length == 0 => "it must not be empty.",
        { Type: "integer" } when !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => $"'{text}' is no whole number.",
        { Type: "number" } when !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => $"'{text}' is no number.",
        { Type: "duration" } when !Durations.TryParse(text, out _) => $"'{text}' is no duration; write 10s, 1h30m, PT10S or a number of seconds.",
        { Type: "instant" } when !TryInstant(text, out _) => $"'{text}' is no instant; write 2026-11-22T10:00:00Z.",
        _ => null,
    };

    /// <summary>As a value in a query.</summary>
    public static string InQuery(PaletteParameter parameter, string text) => parameter.Type switch
    {
        "duration" when Durations.TryParse(text, out var duration) => IsoDuration.Format(duration),
        "instant" when TryInstant(text, out var instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        _ => parameter.Values.FirstOrDefault(value => value.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? text,
    };

    /// <summary>As a value in a body.</summary>
    public static JsonNode? InBody(PaletteParameter parameter, IReadOnlyList<string> texts, CliHost host) => parameter.Type switch
    {
        "list" => new JsonArray([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]),
        "integer" => JsonValue.Create(long.Parse(texts[0], CultureInfo.InvariantCulture)),
        "number" => JsonValue.Create(double.Parse(texts[0], CultureInfo.InvariantCulture)),
        "boolean" => JsonValue.Create(texts[0] == "true"),
        "json" => JsonNode.Parse(JsonInput.Read(texts[0], host, parameter.Name).GetRawText()),
        _ => JsonValue.Create(InQuery(parameter, texts[0])),
    };

    public static bool TryInstant(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}

/// <summary>JSON that is typed, in a file (<c>@file</c>) or on standard input (<c>-</c>).</summary>
internal static class JsonInput
{
    private const long MaxFile = 32 << 20;

    public static JsonElement Read(string text, CliHost host, string what)
    {
        var json = text switch
        {
            "-" => host.In.ReadToEnd(),
            ['@', .. var file] => OfFile(file, what),
            _ => text,
        };
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException) when (File.Exists(text))
        {
            throw new UsageException($"{what} is no JSON, but there is a file of that name: write @{text} to have it read.");
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{what} is no JSON: {exception.Message}");
        }
    }

    private static string OfFile(string file, string what)
    {
        var found = new FileInfo(file);
        if (!found.Exists)
            throw new UsageException($"{what}: there is no file '{file}'.");
        return found.Length <= MaxFile ? File.ReadAllText(file) : throw new UsageException($"{what}: {file} is larger than {MaxFile >> 20} MiB.");
    }
}
