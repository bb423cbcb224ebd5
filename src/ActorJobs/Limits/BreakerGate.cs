using ActorJobs.Limits.Breakers;

namespace ActorJobs.Limits;

/// <summary>
/// What a fetcher does about breakers that are not closed: holds the jobs that need the dependency, and when it may be tried again asks for leave to
/// let one through. Used in the fetcher's turns.
/// </summary>
internal sealed class BreakerGate(BreakerBoard board)
{
    private readonly HashSet<string> wanted = new(StringComparer.Ordinal);
    private readonly HashSet<string> asking = new(StringComparer.Ordinal);
    private readonly HashSet<string> granted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> resting = new(StringComparer.Ordinal);

    /// <summary>When to look again at what is held; null when nothing is held for a time.</summary>
    public DateTimeOffset? NextLook { get; private set; }

    /// <summary>Whether a job that needs the dependency must wait.</summary>
    public bool Holds(string dependency, DateTimeOffset now)
    {
        if (board.Find(dependency) is not { } breaker || granted.Contains(dependency))
            return false;
        var until = breaker.Status == BreakerStatus.Open ? breaker.Until!.Value : resting.GetValueOrDefault(dependency);
        if (until > now)
            NextLook = NextLook is { } earlier && earlier < until ? earlier : until;
        else if (!asking.Contains(dependency))
            wanted.Add(dependency);
        return true;
    }

    /// <summary>A job that needs the dependency was picked: the leave is used.</summary>
    public void Picked(string dependency) => granted.Remove(dependency);

    /// <summary>The picked job cannot go on: the leave is still there.</summary>
    public void PutBack(string dependency)
    {
        if (board.Find(dependency) is not null)
            granted.Add(dependency);
    }

    /// <summary>The dependencies for which a probe is to be asked now.</summary>
    public IReadOnlyList<string> TakeWanted()
    {
        if (wanted.Count == 0)
            return [];
        string[] taken = [.. wanted];
        asking.UnionWith(wanted);
        wanted.Clear();
        return taken;
    }

    /// <summary>Takes in an answer; null when there was none.</summary>
    public void Answered(string dependency, ProbeAnswer? answer, DateTimeOffset now)
    {
        asking.Remove(dependency);
        if (answer is { IsGranted: true })
            granted.Add(dependency);
        else
            resting[dependency] = now + (answer?.RetryAfter ?? TimeSpan.FromSeconds(1));
    }

    /// <summary>Everything is looked at again.</summary>
    public void Wake()
    {
        NextLook = null;
        foreach (var closed in resting.Keys.Where(name => board.Find(name) is null).ToArray())
            resting.Remove(closed);
        granted.RemoveWhere(name => board.Find(name) is null);
    }
}
