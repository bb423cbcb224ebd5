namespace ActorJobs.Cluster.Tests.Commands;

/// <summary>The most instants that any window of a length holds, wherever it begins.</summary>
internal static class FullestWindow
{
    /// <summary>Counts them.</summary>
    /// <param name="instants">In their order.</param>
    /// <param name="length">Of the window.</param>
    public static int Of(IReadOnlyList<DateTimeOffset> instants, TimeSpan length)
    {
        // the fullest windows begin with one of the instants
        var (most, end) = (0, 0);
        for (var begin = 0; begin < instants.Count; begin++)
        {
            while (end < instants.Count && instants[end] - instants[begin] < length)
                end++;
            most = Math.Max(most, end - begin);
        }

        return most;
    }
}
