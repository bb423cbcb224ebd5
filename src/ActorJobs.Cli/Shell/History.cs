namespace ActorJobs.Cli;

/// <summary>
/// The lines that were typed, oldest first, kept in a file that only its owner can read. A line with a key in it, or that begins with a space, is not kept.
/// </summary>
internal sealed class History
{
    /// <summary>How many lines are kept.</summary>
    public const int Capacity = 1_000;

    private readonly string? file;
    private readonly List<string> lines = [];
    private int at;
    private string draft = "";

    /// <param name="file">Where they are kept; null for nowhere.</param>
    public History(string? file)
    {
        this.file = file;
        if (file is not null && File.Exists(file))
            lines.AddRange(File.ReadLines(file).Where(line => line.Length is > 0 and <= LineBuffer.MaxLength).TakeLast(Capacity));
        at = lines.Count;
    }

    public IReadOnlyList<string> Lines => lines;

    /// <summary>Where the history of this user belongs (XDG base directories), or null when that is not known.</summary>
    public static string? FileOf(Func<string, string?> environment)
    {
        var state = environment("XDG_STATE_HOME") is { Length: > 0 } set ? set
            : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".local", "state")
            : environment("LOCALAPPDATA");
        return string.IsNullOrEmpty(state) ? null : Path.Combine(state, "actorjobs", "history");
    }

    public void Add(string line)
    {
        if (!string.IsNullOrWhiteSpace(line) && line[0] != ' ' && !line.Contains("--key", StringComparison.Ordinal) && (lines.Count == 0 || lines[^1] != line))
        {
            lines.Add(line);
            if (lines.Count > Capacity)
                lines.RemoveAt(0);
        }

        (at, draft) = (lines.Count, "");
    }

    /// <summary>The line before, or null at the beginning; what is being typed comes back after the last one.</summary>
    public string? Older(string current)
    {
        if (at == 0)
            return null;
        if (at == lines.Count)
            draft = current;
        return lines[--at];
    }

    public string? Newer() => at >= lines.Count ? null : ++at == lines.Count ? draft : lines[at];

    /// <summary>Writes the file anew. A history that cannot be kept is no reason to fail.</summary>
    public void Save()
    {
        if (file is null)
            return;
        try
        {
            var folder = Path.GetDirectoryName(file)!;
            var temporary = file + ".new";
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var writer = new StreamWriter(temporary, options))
                foreach (var line in lines)
                    writer.WriteLine(line);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // read-only homes exist
        }
    }
}
