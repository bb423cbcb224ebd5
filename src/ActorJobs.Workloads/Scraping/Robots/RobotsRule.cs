namespace ActorJobs.Workloads.Scraping.Robots;

/// <summary>An <c>Allow</c> or <c>Disallow</c> line. <c>*</c> stands for any characters, <c>$</c> at the end for the end of the path (RFC 9309, 2.2.3).</summary>
internal sealed class RobotsRule
{
    private readonly string[] parts;
    private readonly bool isAnchored;

    public RobotsRule(string pattern, bool isAllow)
    {
        IsAllow = isAllow;
        isAnchored = pattern.EndsWith('$');
        // split first: what is a wildcard here is an escaped character in a normalised path
        parts = [.. (isAnchored ? pattern[..^1] : pattern).Split('*').Select(RobotsPath.Normalise)];
        Length = parts.Sum(part => part.Length) + parts.Length - 1 + (isAnchored ? 1 : 0);
    }

    public bool IsAllow { get; }

    /// <summary>How specific the rule is: the octets of its pattern, normalised, so that <c>/ö</c> counts as much as <c>/%C3%B6</c>.</summary>
    public int Length { get; }

    /// <summary>
    /// Whether the rule matches a normalised path. Each part is placed as far left as it goes, which is complete for a pattern with only <c>*</c>,
    /// and takes time linear in the path for each part: no pattern makes it explode.
    /// </summary>
    public bool Matches(string path)
    {
        if (!path.StartsWith(parts[0], StringComparison.Ordinal))
            return false;
        if (parts.Length == 1)
            return !isAnchored || path.Length == parts[0].Length;

        var position = parts[0].Length;
        var last = parts.Length - 1;
        for (var i = 1; i < last; i++)
        {
            var found = path.IndexOf(parts[i], position, StringComparison.Ordinal);
            if (found < 0)
                return false;
            position = found + parts[i].Length;
        }

        return isAnchored
            ? path.Length - parts[last].Length >= position && path.EndsWith(parts[last], StringComparison.Ordinal)
            : path.IndexOf(parts[last], position, StringComparison.Ordinal) >= 0;
    }
}
