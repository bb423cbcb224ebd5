namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>
/// Which of a step's reports go to the scrape: often enough for those who watch, and at most a hundred in an attempt, since each is an event for good.
/// </summary>
internal sealed class ReportPace(TimeProvider time)
{
    private const double LeastGain = 0.01;
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(400);
    private DateTimeOffset lastAt = time.GetUtcNow();
    private double last;

    /// <summary>Whether this one goes; asked once for each.</summary>
    public bool Takes(double fraction)
    {
        var now = time.GetUtcNow();
        // a crawl that finds more pages falls back, and is only heard again where it had been
        if (now - lastAt < LeastTime || fraction - last < LeastGain)
            return false;
        (lastAt, last) = (now, fraction);
        return true;
    }
}
