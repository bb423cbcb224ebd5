using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ActorJobs.AspNetCore;

/// <summary>What query parameters may be.</summary>
internal static class QueryRules
{
    /// <summary>A parameter nobody reads is a mistake: a misspelled filter would list everything.</summary>
    public static ApiProblem? FindUnknown(IQueryCollection query, params ReadOnlySpan<string> allowed)
    {
        foreach (var name in query.Keys)
        {
            if (!allowed.Contains(name))
                return Problems.Invalid("unknown-parameter", $"There is no parameter '{name}'. Allowed: {string.Join(", ", allowed)}.", "/" + name);
        }

        return null;
    }

    public static bool TryReadState(string? text, out JobStatus? state, [NotNullWhen(false)] out ApiProblem? problem)
    {
        (state, problem) = (null, null);
        if (string.IsNullOrEmpty(text))
            return true;
        // TryParse alone would take numbers and lists
        if (!text.All(char.IsAsciiLetter) || !Enum.TryParse<JobStatus>(text, ignoreCase: true, out var found))
        {
            problem = Problems.Invalid("unknown-state", $"There is no state '{text}'. States: {string.Join(", ", Enum.GetNames<JobStatus>())}.", "/state");
            return false;
        }

        state = found;
        return true;
    }

    public static bool TryReadLimit(string? text, int otherwise, int max, out int limit, [NotNullWhen(false)] out ApiProblem? problem)
    {
        (limit, problem) = (otherwise, null);
        if (text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1 && limit <= max))
            return true;
        problem = Problems.Invalid("invalid-limit", $"The limit is a whole number from 1 to {max}.", "/limit");
        return false;
    }

    public static bool TryReadVersion(string? text, out long version, [NotNullWhen(false)] out ApiProblem? problem)
    {
        (version, problem) = (0, null);
        if (text is null || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version))
            return true;
        problem = Problems.Invalid("invalid-version", "after is the version of an event, a whole number.", "/after");
        return false;
    }
}
