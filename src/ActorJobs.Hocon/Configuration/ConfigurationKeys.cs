using Microsoft.Extensions.Configuration;

namespace ActorJobs.Hocon.Configuration;

/// <summary>
/// How HOCON's keys become configuration keys. Case never matters there. Below the root <c>actorjobs</c> hyphens do not either, so that
/// <c>memory-limit</c> is <c>MemoryLimit</c>; except in names that the user gives, such as a queue's, which are data and not spelling.
/// </summary>
/// <param name="nameSections">Sections below the root whose keys are such names; <c>*</c> is any one key, <c>**</c> at the end all that lies below.</param>
internal sealed class ConfigurationKeys(IReadOnlySet<string> nameSections)
{
    public const string Root = "ActorJobs";

    private const string One = "*";
    private const string AllBelow = "**";

    private readonly string[][] patterns =
        [.. nameSections.Where(section => section.Contains(One, StringComparison.Ordinal)).Select(section => section.Split(ConfigurationPath.KeyDelimiter))];

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
        return section.StartsWith(below, StringComparison.Ordinal) && section[below.Length..] is var path && !nameSections.Contains(path)
            && !(patterns.Length > 0 && path.Split(ConfigurationPath.KeyDelimiter) is var keys && Array.Exists(patterns, pattern => Fits(keys, pattern)));
    }

    private static bool Fits(string[] keys, string[] pattern)
    {
        var isOpen = pattern[^1] == AllBelow;
        var named = isOpen ? pattern[..^1] : pattern;
        return (isOpen ? keys.Length >= named.Length : keys.Length == named.Length)
            && named.Zip(keys).All(pair => pair.First == One || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
