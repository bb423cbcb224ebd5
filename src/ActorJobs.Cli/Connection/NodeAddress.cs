namespace ActorJobs.Cli;

/// <summary>Finds out which node is meant: <c>--node</c>, else <c>ACTORJOBS_NODE</c>, else the default of a node on this machine.</summary>
internal static class NodeAddress
{
    public const string Variable = "ACTORJOBS_NODE";
    public const string Default = "http://127.0.0.1:8080";

    public static Uri Resolve(string? given, Func<string, string?> environment)
    {
        var text = given ?? environment(Variable);
        return Parse(string.IsNullOrWhiteSpace(text) ? Default : text.Trim());
    }

    // host:port is what people type; anything with a scheme must be http or https
    private static Uri Parse(string text)
    {
        var full = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        if (!Uri.TryCreate(full.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
            throw new UsageException($"'{SafeText.Line(text)}' is no address of a node; it looks like {Default} or https://jobs.example.org/prefix.");
        return address.UserInfo.Length == 0
            ? address
            : throw new UsageException("An address of a node has no user and password in it; give an API key instead.");
    }
}
