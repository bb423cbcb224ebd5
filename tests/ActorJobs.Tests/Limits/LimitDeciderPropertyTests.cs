using ActorJobs.Actors.Entities;
using ActorJobs.Limits;
using ActorJobs.TestKit.Specs;

namespace ActorJobs.Tests.Limits;

/// <summary>Whatever is asked in whatever order, and however often an arbiter is stored and read again: no limit is exceeded.</summary>
public sealed class LimitDeciderPropertyTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly LimitDecider decider = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Random_commands_never_exceed_a_limit(int run)
    {
        var random = new Random(Seed.Next() + run);
        var limits = new QueueLimits
        {
            Rate = random.Next(2) == 0 ? null : new Rate(random.Next(1, 12), TimeSpan.FromSeconds(1)),
            Concurrency = random.Next(2) == 0 ? null : random.Next(1, 8),
            KeyRate = random.Next(2) == 0 ? null : new Rate(random.Next(1, 4), TimeSpan.FromSeconds(2)),
            KeyConcurrency = random.Next(1, 3),
        };
        var (state, now) = (LimitState.None, Start);
        var granted = new Dictionary<long, (PermitWish Wish, bool Started)>();
        var starts = new List<(DateTimeOffset At, string? Key)>();
        for (var step = 0; step < 3_000; step++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(0, 60));
            switch (random.Next(6))
            {
                case 0 or 1 or 2:
                    PermitWish[] wishes = [.. Enumerable.Range(0, random.Next(1, 6)).Select(i => Wish(random, $"job-{step}-{i}"))];
                    var answer = (PermitsAnswer)Do(ref state, new AskPermits($"node-{random.Next(3)}", step, limits, wishes), now)!;
                    foreach (var (wish, reply) in wishes.Zip(answer.Replies).Where(pair => pair.Second.Number > 0))
                        Assert.True(granted.TryAdd(reply.Number, (wish, false)));
                    break;
                case 3 or 4 when granted.Count > 0: // it starts, and the arbiter hears of it now or later
                    var (number, (started, _)) = granted.ElementAt(random.Next(granted.Count));
                    if (!granted[number].Started)
                        starts.Add((now, started.Key));
                    granted[number] = (started, true);
                    now += TimeSpan.FromMilliseconds(random.Next(0, 30));
                    Do(ref state, new SettlePermits([number], []), now);
                    break;
                case 5 when granted.Count > 0:
                    var over = granted.ElementAt(random.Next(granted.Count));
                    granted.Remove(over.Key);
                    Do(ref state, new SettlePermits([], [over.Key]), now);
                    break;
            }

            if (random.Next(20) == 0)
                state = ((PermitsHeld)LimitEntity.Codec.DecodeEvent("limit.permits-held.v1", LimitEntity.Codec.EncodeEvent(new PermitsHeld(state)))).State;
            Assert.True(limits.Concurrency is null || granted.Count <= limits.Concurrency);
            Assert.True(granted.Values.Where(held => held.Wish.Key is not null).GroupBy(held => held.Wish.Key).All(key => key.Count() <= limits.KeyConcurrency));
            Assert.True(granted.Values.Where(held => held.Wish.Tenant == "small").Count() <= 2);
        }

        if (limits.Rate is { } rate)
            AssertWindows(starts.Select(start => start.At), rate);
        foreach (var key in starts.Where(start => start.Key is not null && limits.KeyRate is not null).GroupBy(start => start.Key))
            AssertWindows(key.Select(start => start.At), limits.KeyRate!);
        Assert.True(starts.Count > 50);
    }

    [Fact]
    public void The_same_ask_again_gets_the_same_permits()
    {
        var state = LimitState.None;
        var ask = new AskPermits("node", 1, new QueueLimits { Concurrency = 2 }, [Wish("a"), Wish("b"), Wish("c")]);

        var first = (PermitsAnswer)Do(ref state, ask, Start)!;
        var again = (PermitsAnswer)Do(ref state, ask, Start)!;

        Assert.Equal([1L, 2L, 0L], first.Replies.Select(reply => reply.Number));
        Assert.Equal(first.Replies, again.Replies);
    }

    [Fact]
    public void A_late_give_back_takes_nothing_from_a_later_attempt()
    {
        var state = LimitState.None;
        var limits = new QueueLimits { Concurrency = 1 };
        Do(ref state, new AskPermits("node", 1, limits, [Wish("a")]), Start);
        Do(ref state, new SettlePermits([], [1]), Start);
        Do(ref state, new AskPermits("node", 2, limits, [Wish("a")]), Start);

        Do(ref state, new SettlePermits([], [1]), Start);

        Assert.Equal([2L], state.Permits.Select(permit => permit.Number));
    }

    [Fact]
    public void A_dropped_ask_gives_its_permits_back()
    {
        var state = LimitState.None;
        Do(ref state, new AskPermits("node", 7, new QueueLimits { Concurrency = 1 }, [Wish("a")]), Start);

        Do(ref state, new DropAsk("node", 7), Start);

        Assert.Empty(state.Permits);
    }

    private object? Do(ref LimitState state, LimitCommand command, DateTimeOffset now)
    {
        var decision = decider.Decide(state, command, new DecisionContext(LimitEntity.Key("default"), now, 0));
        foreach (var happened in decision.Events)
            state = decider.Evolve(state, happened);
        if (decision.Lease is { } lease)
            state = decider.Evolve(state, lease);
        return decision.Reply;
    }

    private static PermitWish Wish(string job) => new(job, null, null, null);

    private static PermitWish Wish(Random random, string job) =>
        random.Next(2) == 0 ? Wish(job) : new(job, $"key-{random.Next(4)}", random.Next(3) == 0 ? "small" : null, 2);

    private static void AssertWindows(IEnumerable<DateTimeOffset> starts, Rate rate)
    {
        DateTimeOffset[] sorted = [.. starts.Order()];
        for (var i = rate.Count; i < sorted.Length; i++)
            Assert.True(sorted[i] - sorted[i - rate.Count] >= rate.Per, $"{rate.Count + 1} starts within {sorted[i] - sorted[i - rate.Count]}");
    }
}
