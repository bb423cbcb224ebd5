using System.Globalization;
using ActorJobs.Cluster.Tests.Conversations;

namespace ActorJobs.Cluster.Tests.Commands;

/// <summary>
/// Signed webhooks at a steady rate to one node on the embedded store, some twice, some overtaken, with <c>kill -9</c> in between: every message is in
/// one history, once, and is shown in the order of sending. Says how long answers took; judges only what is stored.
/// </summary>
/// <param name="seed">What the order and the repetitions are drawn from.</param>
/// <param name="rate">Messages a second.</param>
/// <param name="seconds">For how long.</param>
/// <param name="customers">How many customers take turns.</param>
/// <param name="kills">How often the node is killed, evenly over the time.</param>
internal sealed class HooksRun(int seed, int rate, int seconds, int customers, int kills)
{
    public async Task RunAsync(Action<string> tell)
    {
        await using var place = new SqlitePlace();
        await place.StartAsync(Hook.Setting);
        var schedule = new HookSchedule(seed, rate, seconds, customers, TimeProvider.System.GetUtcNow());
        using var sender = new HookSender(() => place.Url);
        await Task.WhenAll(sender.SendAsync(schedule), KillAsync(place));

        using var http = new HttpClient { BaseAddress = place.Url };
        var histories = new Histories(http, string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        await histories.CheckAsync(schedule.Messages);
        Assert.True(histories.Overtaken > 0, $"No message was overtaken: the order was not tried. Seed {seed}.");
        Tell(tell, schedule, sender, histories);
    }

    private async Task KillAsync(SqlitePlace place)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            await Pause.OfAsync(TimeSpan.FromSeconds((double)seconds / (kills + 1)));
            await place.Process.KillAsync();
            await place.StartAsync(Hook.Setting);
        }
    }

    private void Tell(Action<string> tell, HookSchedule schedule, HookSender sender, Histories histories)
    {
        var answers = sender.Answers;
        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}: {schedule.Due.Count} webhooks with {schedule.Messages.Sum(sent => sent.Count())} messages of {customers} customers in {seconds} s, {kills} kills; each message is in one history, once, and shown in order; {histories.Overtaken} had been overtaken"));
        if (answers.Count == 0)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"none was answered at the first try; {sender.Repeated} tries repeated"));
            return;
        }

        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{answers.Count} answered at the first try: p50 {Ms(answers, 0.5):0.0} ms, p99 {Ms(answers, 0.99):0.0} ms, at most {answers[^1].TotalMilliseconds:0.0} ms; {sender.Repeated} tries repeated"));
    }

    private static double Ms(IReadOnlyList<TimeSpan> answers, double quantile) => answers[(int)(answers.Count * quantile)].TotalMilliseconds;
}
