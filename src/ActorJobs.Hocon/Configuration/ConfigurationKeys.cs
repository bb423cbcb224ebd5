using Microsoft.Extensions.Configuration;

namespace ActorJobs.Hocon.Configuration;

/// <summary>
/// How HOCON's keys become configuration keys. Case never matters there. Below the root <c>actorjobs</c> hyphens do not either, so that
/// <c>memory-limit</c> is <c>MemoryLimit</c>; except in names that the user gives, such as a queue's, which are data and not spelling.
/// </summary>
/// <param name="nameSections">Sections below the root whose keys are such names.</param>
internal sealed class ConfigurationKeys(IReadOnlySet<string> nameSections)
{
    public const string Root = "ActorJobs";

    /// <summary>The key of a field below <paramref name="parent"/>, which is null at the root.</summary>
    public string Below(string? parent, string key)
    {
        if (parent is null)
            return IsRoot(key) ? Root : key;
        return ConfigurationPath.Combine(parent, IsSpelling(parent) ? WithoutHyphens(key) : key);
    }

    private static bool IsRoot(string key) => string.Equals(WithoutHyphens(key), Root, StringComparison.OrdinalIgnoreCase);

    private static string WithoutHyphens(string key) => key.Replace("-", "", StringComparison.Ordinal);

    /// <summary>Whether the keys of a section are words of this program, so that hyphens in them do not matter.</summary>
    private bool IsSpelling(string section)
    {
        if (section == Root)
            return true;
        var below = Root + ConfigurationPath.KeyDelimiter;
        return section.StartsWith(below, StringComparison.Ordinal) && !nameSections.Contains(section[below.Length..]);
    }
}
