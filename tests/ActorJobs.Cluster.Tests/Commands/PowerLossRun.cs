using System.Globalization;

namespace ActorJobs.Cluster.Tests.Commands;

/// <summary>Redis loses power under load, with the flush that <c>everysec</c> promises; counts what that takes of what was acknowledged.</summary>
/// <param name="seed">What the load is drawn from.</param>
/// <param name="rounds">How often.</param>
internal sealed class PowerLossRun(int seed, int rounds)
{
    private static readonly TimeSpan Unflushed = TimeSpan.FromSeconds(1);

    // a completion that was lost leaves a claim that nobody holds: found within a minute, by asking
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public async Task RunAsync(Action<string> tell)
    {
        foreach (var (appendfsync, unflushed) in new[] { ("everysec", Unflushed), ("always", TimeSpan.Zero) })
        {
            var lost = 0;
            for (var round = 0; round < rounds; round++)
                lost += await StrikeAsync(appendfsync, unflushed, seed + round, tell);
            tell($"appendfsync {appendfsync}: {lost} acknowledged jobs lost in {rounds} power losses");
            Assert.True(appendfsync == "everysec" || lost == 0, "With 'always' nothing may be lost.");
        }
    }

    private static async Task<int> StrikeAsync(string appendfsync, TimeSpan unflushed, int seed, Action<string> tell)
    {
        await using var place = await ClusterPlace.StartAsync(3, appendfsync);
        await place.Redis.SayAsync("CONFIG", "SET", "auto-aof-rewrite-percentage", "0");
        await using var power = new PowerLoss(place.Redis);
        await using var load = Load.Start(place, seed);
        await Pause.OfAsync(4);
        var before = load.Accepted.Count;
        var cut = await power.StrikeAsync(unflushed);
        await Pause.OfAsync(4);
        await load.StopAsync();
        var lost = await new Checker(place, load, string.Create(CultureInfo.InvariantCulture, $"seed {seed}")).CheckAsync(mayBeLost: appendfsync == "everysec", Patience);
        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}, appendfsync {appendfsync}: {cut} bytes cut, {lost} of {before} jobs lost that had been acknowledged, {load.Accepted.Count - before} acknowledged afterwards; the rest ended once each"));
        return lost;
    }
}
