namespace ActorJobs.Cli;

/// <summary>How a node is reached.</summary>
/// <param name="Node">Its address, with a slash at the end.</param>
/// <param name="Key">The API key; null for none. Never written anywhere.</param>
/// <param name="Authority">A file with certificates (PEM) to trust beside the system's; null for none.</param>
/// <param name="Timeout">How long an answer may take.</param>
/// <param name="Patience">How long, all in all, a busy node is waited for.</param>
internal sealed record ConnectionSettings(Uri Node, string? Key, string? Authority, TimeSpan Timeout, TimeSpan Patience)
{
    /// <summary>The key stays out of logs and failure messages.</summary>
    public override string ToString() => $"{Node} {(Key is null ? "without key" : "with key")}";
}
