using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Flows;

/// <summary>Who gets how much of a pool that has too much to do, from the front door to the attempts that begin.</summary>
public sealed class ShareTests
{
    [Fact]
    public async Task Two_tenants_at_1_to_3_get_1_and_3_of_a_saturated_pool_within_5_percent()
    {
        const int Each = 400;
        const int Slots = 4;
        using var turn = new SemaphoreSlim(0);
        await using var place = new FlowPlace();
        place.Attempts.Before = async context => await turn.WaitAsync(context.Cancellation);
        await place.StartAsync("--ActorJobs:Tenants:big:Weight=3", "--ActorJobs:Tenants:small:Weight=1", $"--ActorJobs:Pools:default:Size={Slots}");
        foreach (var tenant in new[] { "small", "big" })
            await SubmitAsync(place, Enumerable.Repeat(SubmitJob.Of("builtin.echo", 1) with { Tenant = tenant }, Each));

        // until shortly before the big one's jobs are used up, which is after 4/3 of them
        for (var done = 0; done < 480; done += Slots)
        {
            var begun = done + Slots;
            await place.UntilAsync(async () => await place.Client.GetQueueAsync("default") is null ? 0 : place.Attempts.Begun.Count, seen => seen == begun, $"{begun} attempts to have begun");
            place.Time.Advance(TimeSpan.FromMilliseconds(100)); // jobs that take their time: short ones are claimed far ahead, and begin as they come
            turn.Release(Slots);
        }

        // the first few began before there were others
        var shares = place.Attempts.Begun.Skip(Slots).Take(440).Chunk(40).Select(part => part.Count(attempt => attempt.Tenant == "big") / 40.0).ToArray();
        Assert.All(shares, share => Assert.InRange(share, 0.75 * 0.95, 0.75 * 1.05));
        turn.Release(2 * Each);
    }

    [Fact]
    public async Task Priority_0_has_its_turn_in_a_flood_of_9_that_outruns_the_pool()
    {
        const int Ahead = 60;
        using var turn = new SemaphoreSlim(0);
        await using var place = new FlowPlace();
        place.Attempts.Before = async context => await turn.WaitAsync(context.Cancellation);
        await place.StartAsync("--ActorJobs:Pools:default:Size=1");
        await SubmitAsync(place, Enumerable.Range(0, Ahead).Select(number => Loud(number)));
        await place.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Id = "quiet", Priority = 0 });

        // four come and three are done every three seconds, so the flood never ends and grows
        var (submitted, done, began) = (Ahead, 0, place.Time.GetUtcNow());
        for (var seconds = 0; seconds < 900 && place.Attempts.Begun.All(attempt => attempt.Id != "quiet"); seconds += 3)
        {
            await SubmitAsync(place, Enumerable.Range(submitted, 4).Select(number => Loud(number)));
            submitted += 4;
            place.Go(began + TimeSpan.FromSeconds(seconds + 3));
            turn.Release(3);
            done += 3;
            await place.UntilAsync(
                async () => await place.Client.GetJobAsync("quiet") is null ? 0 : place.Attempts.Begun.Count, begun => begun == done + 1, $"{done} jobs to end and one to begin");
        }

        // it comes before all that came 270 seconds (9 levels of 30) after it, and after all that came before
        var before = place.Attempts.Begun.TakeWhile(attempt => attempt.Id != "quiet").Count();
        Assert.Contains("quiet", place.Attempts.Begun.Select(attempt => attempt.Id));
        Assert.InRange(before, Ahead + (270 / 3 * 4) - 8, Ahead + (270 / 3 * 4) + 8);
        turn.Release(submitted + 1);
    }

    private static SubmitJob Loud(int number) => SubmitJob.Of("builtin.echo", 1) with { Id = string.Create(CultureInfo.InvariantCulture, $"loud-{number:d5}"), Priority = 9 };

    private static Task<BatchReceipt> SubmitAsync(FlowPlace place, IEnumerable<SubmitJob> jobs) => place.Client.SubmitManyAsync([.. jobs]);
}
