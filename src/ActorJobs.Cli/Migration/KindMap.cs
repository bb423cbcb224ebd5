using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorJobs.Cli;

/// <summary>
/// Which kind runs what another system's function ran, and how its arguments become the arguments here: <c>function=kind</c>, or <c>function=kind(to,subject)</c>, which
/// names the arguments that were given by place.
/// </summary>
internal sealed class KindMap
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("{}");

    private readonly Dictionary<string, Target> targets = [];

    public KindMap(IEnumerable<string> rules)
    {
        foreach (var rule in rules)
        {
            var (function, target) = JobArguments.Pair(rule, "--map");
            if (!targets.TryAdd(function, TargetOf(target)))
                throw new UsageException($"--map names '{function}' twice.");
        }
    }

    /// <summary>The kind: as the rules say, or called as the function is.</summary>
    public string KindOf(string function) => targets.TryGetValue(function, out var target) ? target.Kind : function;

    /// <summary>
    /// The arguments: an object when they have names, an array when they have none. Throws <see cref="NotCarriedException"/> when some have and some have not, for then
    /// nobody knows how the handler wants them.
    /// </summary>
    public JsonElement ArgumentsOf(ForeignJob job)
    {
        var names = targets.TryGetValue(job.Function, out var target) ? target.Names : null;
        var hasNamed = job.Named.ValueKind == JsonValueKind.Object && job.Named.EnumerateObject().Any();
        var count = job.Positional.GetArrayLength();
        if (count == 0)
            return hasNamed ? job.Named : names is null && job.Named.ValueKind == JsonValueKind.Undefined ? job.Positional : NoArguments;
        if (names is null)
            return hasNamed ? throw new NotCarriedException($"it has arguments by place and by name; name those by place: --map '{job.Function}=KIND({Example(count)})'") : job.Positional;
        if (count > names.Length)
            throw new NotCarriedException($"it has {count} arguments by place, and --map names {names.Length} for '{job.Function}'");
        var named = hasNamed ? (JsonObject)JsonNode.Parse(job.Named.GetRawText())! : [];
        for (var i = 0; i < count; i++)
        {
            if (named.ContainsKey(names[i]))
                throw new NotCarriedException($"it has the argument '{names[i]}' by place and by name");
            named[names[i]] = JsonNode.Parse(job.Positional[i].GetRawText());
        }

        return JsonElement.Parse(named.ToJsonString());
    }

    private static Target TargetOf(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return new Target(text, null);
        var names = text[^1] == ')' ? text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries) : [];
        return open > 0 && names.Length > 0 && names.All(name => name.Length > 0) && names.Distinct().Count() == names.Length
            ? new Target(text[..open], names)
            : throw new UsageException($"--map takes FUNCTION=KIND or FUNCTION=KIND(name,name), not '{text}'.");
    }

    private static string Example(int count) => string.Join(',', Enumerable.Range(1, Math.Min(count, 3)).Select(number => $"name{number}")) + (count > 3 ? ",..." : "");

    private sealed record Target(string Kind, string[]? Names);
}
