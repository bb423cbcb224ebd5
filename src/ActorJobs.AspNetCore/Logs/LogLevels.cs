using ActorJobs.Client;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Levels set while the node runs, over those of the configuration: a category with a level here has it in every log, until it is taken back, its
/// time is up, or the process ends.
/// </summary>
internal sealed class LogLevels(TimeProvider time) : IPostConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>, IDisposable
{
    /// <summary>What stands for categories that have no level of their own, as in the configuration.</summary>
    public const string Default = "Default";

    /// <summary>More than anybody sets by hand.</summary>
    public const int MaxLevels = 100;

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Entry> entries = new(StringComparer.OrdinalIgnoreCase); // guarded by gate
    private CancellationTokenSource change = new(); // guarded by gate

    public string? Name => Options.DefaultName;

    public IReadOnlyList<LogLevelState> List()
    {
        lock (gate)
            return [.. entries.Values.Select(entry => entry.State)];
    }

    /// <summary>Sets a level. Null when there are too many already.</summary>
    public LogLevelState? Set(string category, LogLevel level, TimeSpan? duration)
    {
        LogLevelState state;
        lock (gate)
        {
            if (entries.Count >= MaxLevels && !entries.ContainsKey(category))
                return null;
            Forget(category);
            state = new LogLevelState(category, level.ToString(), time.GetUtcNow() + duration);
            var end = duration is { } wait ? time.CreateTimer(_ => Reset(category), null, wait, Timeout.InfiniteTimeSpan) : null;
            entries[category] = new Entry(state, level, end);
        }

        Announce();
        return state;
    }

    /// <summary>Takes a level back. False when there is none.</summary>
    public bool Reset(string category)
    {
        lock (gate)
        {
            if (!Forget(category))
                return false;
        }

        Announce();
        return true;
    }

    // later rules win over earlier ones of the same category, and these come after the configuration's
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        lock (gate)
        {
            foreach (var (category, entry) in entries)
                options.Rules.Add(new LoggerFilterRule(null, category.Equals(Default, StringComparison.OrdinalIgnoreCase) ? null : category, entry.Level, null));
        }
    }

    public IChangeToken GetChangeToken()
    {
        lock (gate)
            return new CancellationChangeToken(change.Token);
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var entry in entries.Values)
                entry.End?.Dispose();
            entries.Clear();
            change.Dispose();
        }
    }

    private bool Forget(string category)
    {
        if (!entries.Remove(category, out var entry))
            return false;
        entry.End?.Dispose();
        return true;
    }

    // outside the lock: who hears of it asks for the levels at once
    private void Announce()
    {
        CancellationTokenSource old;
        lock (gate)
            (old, change) = (change, new CancellationTokenSource());
        old.Cancel();
    }

    private sealed record Entry(LogLevelState State, LogLevel Level, ITimer? End);
}
