namespace ActorJobs.Pools;

/// <summary>
/// How many jobs a pool claims beyond its slots. A claim is a durable write; when that takes longer than a job runs, slots would stand idle
/// waiting for it, so as many jobs are claimed ahead as the slots run through meanwhile (Little's law). Long jobs are never claimed ahead: they
/// would sit behind each other while another node has free slots. Both times are smoothed exponentially.
/// </summary>
internal sealed class ClaimAhead
{
    private const int Limit = 2048;
    private const double Smoothing = 0.1;
    private static readonly TimeSpan LongRun = TimeSpan.FromMilliseconds(20);

    private double claimSeconds;
    private double runSeconds = double.NaN;

    public void NoteClaim(TimeSpan duration) => claimSeconds += (duration.TotalSeconds - claimSeconds) * Smoothing;

    public void NoteRun(TimeSpan duration) =>
        runSeconds = double.IsNaN(runSeconds) ? duration.TotalSeconds : runSeconds + ((duration.TotalSeconds - runSeconds) * Smoothing);

    /// <summary>How many places beyond <paramref name="slots"/>.</summary>
    public int Places(int slots) =>
        double.IsNaN(runSeconds) || runSeconds > LongRun.TotalSeconds
            ? 0
            : (int)Math.Min(Limit, slots * claimSeconds / Math.Max(runSeconds, 1e-6));
}
