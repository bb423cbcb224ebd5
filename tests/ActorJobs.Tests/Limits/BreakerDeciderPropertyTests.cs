using ActorJobs.Actors.Entities;
using ActorJobs.Limits.Breakers;
using ActorJobs.TestKit.Specs;

namespace ActorJobs.Tests.Limits;

/// <summary>Whatever a breaker hears in whatever order, and however often it is stored and read again: it opens, probes and closes by its rules.</summary>
public sealed class BreakerDeciderPropertyTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly BreakerDecider decider = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Random_commands_keep_the_rules(int run)
    {
        var seed = Seed.Next() + run;
        var random = new Random(seed);
        var options = new BreakerOptions
        {
            Failures = random.Next(1, 8),
            Window = TimeSpan.FromSeconds(random.Next(1, 60)),
            OpenFor = TimeSpan.FromSeconds(random.Next(1, 30)),
            Probes = random.Next(1, 4),
        };
        var (state, now) = (decider.Initial, Start);
        var reached = new HashSet<BreakerStatus>();
        for (var step = 0; step < 3_000; step++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(4) switch { 0 => 0, 1 => random.Next(30_000), _ => random.Next(1_000) });
            BreakerCommand command = random.Next(10) switch
            {
                < 4 => new NoteOutcomes(options, random.Next(3), random.Next(2)),
                < 9 => new AskProbe(options),
                _ => new SetBreaker(options, random.Next(2) == 0),
            };
            var before = state;
            var reply = Do(ref state, command, now);
            reached.Add(state.Status);

            Law(state.Status == BreakerStatus.Open == state.Until is not null, "open until a time, and only then");
            Law(state.Failed.Count < options.Failures, "as many failures as open it are never only counted");
            Law(state.Status == BreakerStatus.HalfOpen || state.Probes.Count == 0, "probes only while half-open");
            Law(state.Probes.Count <= options.Probes, "no more probes than allowed");
            Law(!(state.Since > now) && !(state.Until > now + options.OpenFor), "it began before now and stays open no longer than its options say");
            Law(decider.Intents(state).Entries.Count == (state.Status == BreakerStatus.Closed ? 0 : 1), "listed unless closed");
            if (before.Status == BreakerStatus.Open && state.Status != BreakerStatus.Open)
                Law(command is SetBreaker || before.Until <= now, "before its time only a person closes it");
            if (before.Status == BreakerStatus.Closed && state.Status == BreakerStatus.HalfOpen)
                Law(false, "half-open comes after open");
            if (reply is ProbeAnswer(var isGranted, var retryAfter))
                Law(isGranted || (retryAfter > TimeSpan.Zero && retryAfter <= options.OpenFor), "who is refused is told when to ask again, no later than it stays open");

            // a node dies, another one reads what was stored
            if (random.Next(10) == 0)
                state = BreakerEntity.Codec.DecodeState(BreakerEntity.Codec.EncodeState(state));

            void Law(bool holds, string law) => Assert.True(holds, $"{law} ({command} on {before} gave {state}; set ACTORJOBS_SEED={seed - run})");
        }

        Assert.Equal(Enum.GetValues<BreakerStatus>().Order(), reached.Order());
    }

    private object? Do(ref CircuitBreaker state, BreakerCommand command, DateTimeOffset now)
    {
        var decision = decider.Decide(state, command, new DecisionContext(BreakerEntity.Key("mail"), now, 0));
        state = decision.Events.Aggregate(state, decider.Evolve);
        if (decision.Lease is { } lease)
            state = decider.Evolve(state, lease);
        return decision.Reply;
    }
}
