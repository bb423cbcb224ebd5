using System.Globalization;

namespace ActorJobs.Workloads.Documents;

/// <summary>Where the files of one index lie. Every name that may come from a request is checked before it becomes part of a path.</summary>
/// <param name="Root">The folder of all indexes.</param>
/// <param name="Name">The index's name, valid by <see cref="IndexName"/>.</param>
internal sealed record IndexLayout(string Root, string Name)
{
    public string Folder => Path.Combine(Root, Name);

    /// <summary>The name of the served version's folder: replaced by renaming, and so always whole.</summary>
    public string Current => Path.Combine(Folder, "CURRENT");

    public string Definition => Path.Combine(Folder, "definition.json");

    /// <summary>Which weights the next rebuild goes by.</summary>
    public string Fit => Path.Combine(Folder, "fit.json");

    /// <summary>How the last rebuilds went.</summary>
    public string Runs => Path.Combine(Folder, "runs.json");

    public string Segments => Path.Combine(Folder, "segments");

    public string Plans => Path.Combine(Folder, "plans");

    /// <summary>The documents that were sent to the index, when they are its source.</summary>
    public string Uploads => Path.Combine(Folder, "uploads");

    private string AllWeights => Path.Combine(Folder, "weights");

    /// <summary>The folders that rebuilds fill and the clean-up empties.</summary>
    public IReadOnlyList<string> WorkFolders => [Segments, Plans, AllWeights];

    public string Version(int version) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"v{version}"));

    public string Segment(string hash) => Path.Combine(Segments, Checked(hash) + ".seg");

    public string Weights(string hash) => Path.Combine(AllWeights, Checked(hash) + ".idf");

    public string Plan(string id) => Path.Combine(Plans, Checked(id) + ".json");

    /// <summary>The versions that are there, newest first.</summary>
    public IReadOnlyList<int> Versions() => !Directory.Exists(Folder) ? [] :
    [
        .. Directory.EnumerateDirectories(Folder, "v*")
            .Select(folder => ParseVersion(Path.GetFileName(folder)))
            .OfType<int>()
            .OrderDescending(),
    ];

    /// <summary>The version that <c>CURRENT</c> names, or null when nothing was swapped in yet.</summary>
    public int? ReadCurrent() => File.Exists(Current) ? ParseVersion(File.ReadAllText(Current).Trim()) : null;

    /// <summary>Puts a version in service.</summary>
    /// <param name="version">Which.</param>
    /// <param name="swappedAt">When another node did so. Default: now, which is when this one does.</param>
    public void WriteCurrent(int version, DateTimeOffset? swappedAt = null)
    {
        DurableFiles.Write(Current, System.Text.Encoding.ASCII.GetBytes(Path.GetFileName(Version(version)) + "\n"));
        if (swappedAt is { } at)
            File.SetLastWriteTimeUtc(Current, at.UtcDateTime);
    }

    /// <summary>When the served version was put in service; null when nothing was.</summary>
    public DateTimeOffset? SwappedAt() => File.Exists(Current) ? new DateTimeOffset(File.GetLastWriteTimeUtc(Current), TimeSpan.Zero) : null;

    private static int? ParseVersion(string folder) =>
        folder is ['v', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static string Checked(string hash) =>
        ContentHash.IsValid(hash) ? hash : throw new ArgumentException($"'{hash}' is no hash.", nameof(hash));
}

/// <summary>What an index may be called: it becomes a folder and part of a URL.</summary>
internal static class IndexName
{
    public const string Rule = "An index's name has 1 to 64 characters out of a-z, 0-9, - and _, a letter or digit first.";

    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= 64 } && char.IsAsciiLetterOrDigit(name[0])
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_');
}
