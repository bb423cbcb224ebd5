namespace ActorJobs.Cli;

/// <summary>
/// Finds the API key: <c>--key</c>, <c>--key-file</c>, <c>ACTORJOBS_KEY</c>, <c>ACTORJOBS_KEY_FILE</c>, in this order. It is sent to the node and
/// written nowhere.
/// </summary>
internal static class ApiKey
{
    public const string Variable = "ACTORJOBS_KEY";
    public const string FileVariable = "ACTORJOBS_KEY_FILE";

    private const int MaxLength = 4096;

    public static string? Resolve(string? key, string? file, Func<string, string?> environment, Action<string> warn)
    {
        if (key is not null)
            return Check(key, "--key");
        if (file is not null)
            return OfFile(file, warn);
        if (environment(Variable) is { Length: > 0 } value)
            return Check(value, Variable);
        return environment(FileVariable) is { Length: > 0 } named ? OfFile(named, warn) : null;
    }

    private static string OfFile(string file, Action<string> warn)
    {
        if (!File.Exists(file))
            throw new UsageException($"There is no key file '{file}'.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.OtherRead | UnixFileMode.GroupRead)) != 0)
            warn($"warning: others on this machine can read {file}; mend it with: chmod 600 {file}");
        using var reader = new StreamReader(file);
        return Check(reader.ReadLine() ?? "", file);
    }

    // the value is not in the message: it is a secret even when it is misspelt
    private static string Check(string key, string source)
    {
        var trimmed = key.Trim();
        return trimmed.Length is > 0 and <= MaxLength && !trimmed.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? trimmed
            : throw new UsageException($"{source} holds no API key: a key is 1 to {MaxLength} visible ASCII characters.");
    }
}
