using System.Globalization;

namespace ActorJobs.Cluster.Tests.Commands;

/// <summary>
/// The runs by hand: <c>chaos --minutes 10 --seed 42 --appendfsync everysec</c>, <c>power --rounds 3</c>, <c>change --rounds 5</c>, <c>scale --jobs 1000000</c>,
/// <c>chord --children 5000 --kills 5</c>, <c>rate --jobs 3000 --rate 50</c>,
/// <c>hooks --rate 200 --seconds 60 --kills 1 --seed 42</c>.
/// Each prints what it measures, and ends with exit code 1 when something that must not happen has happened.
/// </summary>
internal static class LongRun
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1], StringComparer.Ordinal);
        try
        {
            await (args[0] switch
            {
                "chaos" => new ChaosRun(Number("seed", RunSeed.Value), TimeSpan.FromMinutes(Number("minutes", 10)), options.GetValueOrDefault("appendfsync", "everysec"))
                { Limit = TimeSpan.FromMinutes(5) }.RunAsync(Console.WriteLine),
                "power" => new PowerLossRun(Number("seed", RunSeed.Value), Number("rounds", 3)).RunAsync(Console.WriteLine),
                "change" => ChangeAsync(Number("rounds", 5)),
                "chord" => new ChordRun(Number("seed", RunSeed.Value), Number("children", 5_000), Number("kills", 5)).RunAsync(Console.WriteLine),
                "rate" => new RateRun(Number("jobs", 3_000), Number("rate", 50), isHarsh: true).RunAsync(Console.WriteLine),
                "hooks" => new HooksRun(Number("seed", RunSeed.Value), Number("rate", 200), Number("seconds", 60), Number("customers", 400), Number("kills", 1)).RunAsync(Console.WriteLine),
                _ => new ScaleRun(Number("jobs", 1_000_000), Number("nodes", 3)).RunAsync(Console.WriteLine),
            });
            return 0;
        }
        catch (Exception exception) when (exception is Xunit.Sdk.XunitException or TimeoutException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }

        int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    private static async Task ChangeAsync(int rounds)
    {
        await new ChangeRun(rounds).LeaveAsync(Console.WriteLine);
        await new ChangeRun(rounds).KillAsync(Console.WriteLine);
    }
}
