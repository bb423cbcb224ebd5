using ActorJobs.Actors.Entities;
using ActorJobs.Queues;
using ActorJobs.TestKit.Specs;

namespace ActorJobs.Tests.Queues;

/// <summary>However a queue is steered: what was asked last holds, each setting for itself, and nothing is written that changes nothing.</summary>
public sealed class QueueDeciderPropertyTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string?[] Rates = [null, null, QueueChange.None, QueueChange.Configured, "5/1s", "100/1m"];
    private static readonly int?[] Numbers = [null, null, -1, 0, 3, 40];

    private readonly QueueDecider decider = new();

    [Fact]
    public void What_was_asked_last_holds()
    {
        var seed = Seed.Next();
        var random = new Random(seed);
        var state = decider.Initial;
        var last = new Dictionary<string, object?>();
        for (var step = 0; step < 3_000; step++)
        {
            var change = new QueueChange(Flag(random), Flag(random), random.Next(3) == 0 ? random.Next(1000) : null)
            {
                Rate = Pick(random, Rates),
                KeyRate = Pick(random, Rates),
                Concurrency = Pick(random, Numbers),
                KeyConcurrency = Pick(random, Numbers),
            };
            var before = state;
            var decision = decider.Decide(state, new ChangeQueue(change), new DecisionContext(new EntityKey(QueueDecider.Kind, "q"), Now, 0));
            state = decision.Events.Aggregate(state, decider.Evolve);
            Note(last, change);

            Law(decision.Events.Count == (state == before ? 0 : 1), "an event exactly when something has changed");
            Law(Equals(decision.Reply, state), "the answer is how it is now");
            Law(state.Paused == (bool)last.GetValueOrDefault("paused", false)!, "paused as asked last");
            Law(state.Draining == (bool)last.GetValueOrDefault("draining", false)!, "draining as asked last");
            Law(state.Capacity == (long?)last.GetValueOrDefault("capacity"), "the capacity asked last");
            Law(state.Rate == (string?)last.GetValueOrDefault("rate") && state.KeyRate == (string?)last.GetValueOrDefault("keyRate"), "the rates asked last");
            Law(state.Concurrency == (int?)last.GetValueOrDefault("concurrency") && state.KeyConcurrency == (int?)last.GetValueOrDefault("keyConcurrency"), "the concurrency asked last");
            Law(decider.Intents(state).Entries.Count == (state == QueueSettings.Default ? 0 : 1), "listed unless all is by default");
            Law(QueueDecider.Codec.DecodeState(QueueDecider.Codec.EncodeState(state)) == state, "what is stored is the state");

            void Law(bool holds, string law) => Assert.True(holds, $"{law} ({change} on {before} gave {state}; set ACTORJOBS_SEED={seed})");
        }
    }

    private static void Note(Dictionary<string, object?> last, QueueChange change)
    {
        if (change.Paused is { } paused)
            last["paused"] = paused;
        if (change.Draining is { } draining)
            last["draining"] = draining;
        if (change.Capacity is { } capacity)
            last["capacity"] = capacity;
        foreach (var (name, rate) in new[] { ("rate", change.Rate), ("keyRate", change.KeyRate) })
        {
            if (rate is not null)
                last[name] = rate == QueueChange.Configured ? null : rate;
        }

        foreach (var (name, number) in new[] { ("concurrency", change.Concurrency), ("keyConcurrency", change.KeyConcurrency) })
        {
            if (number is not null)
                last[name] = number < 0 ? null : number;
        }
    }

    private static bool? Flag(Random random) => random.Next(3) switch { 0 => null, 1 => true, _ => false };

    private static T Pick<T>(Random random, T[] all) => all[random.Next(all.Length)];
}
