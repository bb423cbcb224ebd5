namespace ActorJobs.Cli;

/// <summary>What was typed, or a file it names, cannot be used; the message says why and what would do.</summary>
internal sealed class UsageException(string message) : Exception(message);
