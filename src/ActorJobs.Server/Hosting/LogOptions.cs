namespace ActorJobs.Server;

/// <summary>Where the log goes, beside the console, and in which form.</summary>
[ClosedSettings]
public sealed class LogOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ActorJobs:Log";

    /// <summary>Lines for people, or one JSON object a line for machines, on the console and in the file. Default: text.</summary>
    public LogFormat Format { get; set; }

    /// <summary>A log file: a new one every day and at 64 MB, 14 are kept. Default: none.</summary>
    public string? File { get; set; }
}

/// <summary>The form of log lines.</summary>
public enum LogFormat
{
    /// <summary>Lines for people.</summary>
    Text,
    /// <summary>One JSON object a line.</summary>
    Json,
}
