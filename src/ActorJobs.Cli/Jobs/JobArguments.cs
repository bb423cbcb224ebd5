using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorJobs.Cli;

/// <summary>A job's arguments as they are typed: a whole JSON value, single fields, or both.</summary>
internal static class JobArguments
{
    /// <param name="whole">JSON, <c>@file</c> or <c>-</c>; null for none.</param>
    /// <param name="fields"><c>name=value</c>; a value that is JSON counts as such, any other is a text.</param>
    /// <param name="host">Where <c>-</c> is read.</param>
    public static JsonElement? Read(string? whole, IReadOnlyList<string> fields, CliHost host)
    {
        JsonElement? args = whole is null ? null : JsonInput.Read(whole, host, "--args");
        if (fields.Count == 0)
            return args;
        if (args is { ValueKind: not JsonValueKind.Object })
            throw new UsageException("--arg sets fields of an object, and --args is none.");
        var target = args is { } given ? (JsonObject)JsonNode.Parse(given.GetRawText())! : [];
        foreach (var field in fields)
        {
            var (name, value) = Pair(field, "--arg");
            target[name] = ValueOf(value);
        }

        return JsonElement.Parse(target.ToJsonString());
    }

    /// <summary>Both sides of <c>name=value</c>.</summary>
    public static (string Name, string Value) Pair(string text, string option)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? (text[..at], text[(at + 1)..]) : throw new UsageException($"{option} takes name=value, not '{text}'.");
    }

    private static JsonNode? ValueOf(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // what is no JSON is a text: quotes are a nuisance in shells
            return JsonValue.Create(text);
        }
    }
}
