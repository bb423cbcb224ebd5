using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Which lines of the log are asked for; all that is set must match.</summary>
internal sealed record LogFilter(LogLevel Level, string? Category, string? Text)
{
    public bool Matches(NodeLogLine line) =>
        Enum.Parse<LogLevel>(line.Level) >= Level
        && (Category is null || line.Category.StartsWith(Category, StringComparison.OrdinalIgnoreCase))
        && (Text is null || line.Message.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || line.Exception?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true);

    public static bool TryRead(string? level, string? category, string? text, out LogFilter filter, out ApiProblem? problem)
    {
        problem = null;
        var least = LogLevel.Trace;
        if (!string.IsNullOrEmpty(level) && !LogLevelWords.TryRead(level, out least))
            problem = LogLevelWords.Unknown(level, "/level");
        filter = new LogFilter(least, string.IsNullOrEmpty(category) ? null : category, string.IsNullOrEmpty(text) ? null : text);
        return problem is null;
    }
}

/// <summary>The names of levels.</summary>
internal static class LogLevelWords
{
    // TryParse alone would take numbers and lists
    public static bool TryRead(string text, out LogLevel level)
    {
        level = default;
        return text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out level);
    }

    public static ApiProblem Unknown(string text, string field) =>
        Problems.Invalid("unknown-level", $"There is no level '{text}'. Levels: {string.Join(", ", Enum.GetNames<LogLevel>())}.", field);
}
