namespace ActorJobs.Client;

/// <summary>The last lines of a node's log, oldest first: <c>GET /api/v1/log</c>.</summary>
/// <param name="Items">The lines.</param>
public sealed record NodeLog(IReadOnlyList<NodeLogLine> Items);

/// <summary>Lines that came since the last event of <c>GET /api/v1/log/watch</c>, oldest first.</summary>
/// <param name="Items">The lines.</param>
/// <param name="Missed">How many came in between and were too many to send.</param>
public sealed record NodeLogBatch(IReadOnlyList<NodeLogLine> Items, long Missed);

/// <summary>A line of a node's log.</summary>
/// <param name="Number">Counts from 1 at the start of the node, without gaps.</param>
/// <param name="At">When it was written.</param>
/// <param name="Level">Trace, Debug, Information, Warning, Error or Critical.</param>
/// <param name="Category">Which part of the program wrote it.</param>
/// <param name="Message">What it says, at most 4 000 characters.</param>
/// <param name="Exception">The exception it was about, at most 8 000 characters.</param>
public sealed record NodeLogLine(long Number, DateTimeOffset At, string Level, string Category, string Message, string? Exception);

/// <summary>Levels that were set while the node runs: <c>GET /api/v1/log/levels</c>.</summary>
/// <param name="Items">The levels, by category.</param>
public sealed record LogLevelList(IReadOnlyList<LogLevelState> Items);

/// <summary>The level of a category.</summary>
/// <param name="Category">The category and all that begin with it; <c>Default</c> for those without a level of their own.</param>
/// <param name="Level">Trace, Debug, Information, Warning, Error, Critical or None.</param>
/// <param name="Until">When it ends; null for the end of the process.</param>
public sealed record LogLevelState(string Category, string Level, DateTimeOffset? Until);

/// <summary>Body of <c>PUT /api/v1/log/levels/{category}</c>.</summary>
/// <param name="Level">The level.</param>
/// <param name="For">How long, up to a day. Default: until the process ends.</param>
public sealed record SetLogLevel(string Level, TimeSpan? For = null);
