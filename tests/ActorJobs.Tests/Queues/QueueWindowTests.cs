using ActorJobs.Jobs;
using ActorJobs.Queues;

namespace ActorJobs.Tests.Queues;

public sealed class QueueWindowTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly QueueWindow queue = new(OwnedShards.All(4));

    [Fact]
    public void Higher_priorities_come_first_and_equal_ones_by_time_across_shards()
    {
        for (var number = 0; number < 60; number++)
            Put($"p{number % 10}-{number:00}", priority: number % 10, at: Now.AddMilliseconds(number), shard: number * 3 % 4);

        Assert.Equal(
            from priority in Enumerable.Range(0, 10).Reverse()
            from number in Enumerable.Range(0, 60)
            where number % 10 == priority
            select $"p{priority}-{number:00}",
            TakeAll(Now.AddSeconds(1)));
    }

    [Theory]
    [InlineData(29, "new")]
    [InlineData(31, "old")]
    public void A_level_gains_one_rank_for_each_step_its_oldest_job_has_waited(int waited, string first)
    {
        Put("old", priority: 4, at: Now.AddSeconds(-waited));
        Put("new", priority: 5, at: Now);

        Assert.Equal(first, queue.Next(Now)!.Value.Entry.Key.Id);
    }

    [Fact]
    public void The_lowest_priority_starts_under_a_flood_of_the_highest_within_nine_steps()
    {
        Put("lowest", priority: 0, at: Now);
        var latest = Now + (9 * QueueWindow.AgeStep) + TimeSpan.FromSeconds(1); // then the next slot is its
        var now = Now;
        for (var second = 0; now <= latest; second++, now += TimeSpan.FromSeconds(1))
        {
            Put($"flood-{second}", priority: 9, at: now); // as many as can be run, all the time
            if (TakeNext(now) != "lowest")
                continue;
            Assert.InRange(now, Now + (8 * QueueWindow.AgeStep), latest); // and no earlier than it has aged
            return;
        }

        Assert.Fail("The job of the lowest priority has not started.");
    }

    [Fact]
    public void A_job_from_the_future_by_another_nodes_clock_gains_nothing()
    {
        Put("future", priority: 5, at: Now.AddHours(1));
        Put("now", priority: 5, at: Now);

        Assert.Equal(["now", "future"], TakeAll(Now));
    }

    [Fact]
    public void Withdrawn_jobs_are_not_shown_and_the_oldest_is_known()
    {
        Put("a", priority: 3, at: Now);
        Put("b", priority: 7, at: Now.AddSeconds(1));
        Assert.Equal(Now, queue.Oldest);

        queue.Withdraw(0, 3, IndexModel.Key("a"));
        queue.Withdraw(0, 8, IndexModel.Key("of a level never seen"));

        Assert.Equal(Now.AddSeconds(1), queue.Oldest);
        Assert.Equal(["b"], TakeAll(Now));
        Assert.Null(queue.Oldest);
    }

    private void Put(string id, int priority, DateTimeOffset at, int shard = 0) =>
        queue.Level(priority, isEmpty: true).Put(
            shard, IndexModel.Key(id), JobIndex.SortOf(JobState.None with { Status = JobStatus.Available, Since = at }), null);

    private string? TakeNext(DateTimeOffset now)
    {
        if (queue.Next(now) is not { } pick)
            return null;
        queue.Take(pick);
        return pick.Entry.Key.Id;
    }

    private IEnumerable<string> TakeAll(DateTimeOffset now)
    {
        while (TakeNext(now) is { } id)
            yield return id;
    }
}
