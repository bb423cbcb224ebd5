using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>
/// What the log complained of, as far as it is remembered: errors of anybody, and warnings of ActorJobs itself, among them what stores say of their
/// servers' settings when they open.
/// </summary>
internal sealed class LogCheck(LogMemory memory) : INodeCheck
{
    private const string Own = "ActorJobs";
    private const int MaxWarnings = 5;

    public string Name => "log";

    public ValueTask<IReadOnlyList<CheckItem>> RunAsync(CancellationToken cancellationToken)
    {
        var lines = memory.After(0).Lines;
        var errors = lines.Where(line => line.Level is nameof(LogLevel.Error) or nameof(LogLevel.Critical)).ToArray();
        var warnings = lines
            .Where(line => line.Level == nameof(LogLevel.Warning) && line.Category.StartsWith(Own, StringComparison.Ordinal))
            .DistinctBy(line => line.Message).TakeLast(MaxWarnings);
        CheckItem[] found =
        [
            .. errors.TakeLast(1).Select(line => Found.Warning(Name, $"{errors.Length} errors, the last {line.At:u}: {line.Message}", "actorjobs log show --level Error")),
            .. warnings.Select(line => Found.Warning(Name, $"{line.At:u}: {line.Message}", "actorjobs log show --level Warning")),
        ];
        return new(found.Length > 0 ? found : [Found.Ok(Name, $"No errors, and no warnings of ActorJobs, in the last {lines.Count} lines.")]);
    }
}
