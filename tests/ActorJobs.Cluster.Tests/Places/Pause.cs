namespace ActorJobs.Cluster.Tests;

/// <summary>Time that passes for other processes: what they do by themselves is told by nothing.</summary>
internal static class Pause
{
    public static Task OfAsync(int seconds) => OfAsync(TimeSpan.FromSeconds(seconds));

    public static async Task OfAsync(TimeSpan duration)
    {
        using var clock = new PeriodicTimer(duration);
        await clock.WaitForNextTickAsync();
    }
}
