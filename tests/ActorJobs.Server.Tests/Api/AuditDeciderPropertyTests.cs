using ActorJobs.Actors.Entities;
using ActorJobs.AspNetCore;
using ActorJobs.TestKit.Specs;

namespace ActorJobs.Server.Tests.Api;

/// <summary>Whatever is said of an entry of the audit log, and however often: what was done stays as it was written first, and ends once.</summary>
public sealed class AuditDeciderPropertyTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly AuditDecider decider = new();

    [Fact]
    public void What_was_written_first_stays()
    {
        var seed = Seed.Next();
        var random = new Random(seed);
        for (var number = 0; number < 300; number++)
        {
            var (state, folded, now) = (decider.Initial, decider.Initial, Now);
            for (var step = 0; step < 20; step++)
            {
                now += TimeSpan.FromHours(random.Next(48));
                var (before, command) = (state, Next(random, now));
                foreach (var happened in Decide(before, command, now))
                {
                    state = decider.Evolve(state, happened);
                    folded = decider.Evolve(folded, AuditDecider.Codec.DecodeEvent(AuditDecider.Codec.TypeOf(happened), AuditDecider.Codec.EncodeEvent(happened)));
                }

                Law(before.Entry is null || Same(before.Entry, state.Entry!), "who did what, when and to what stays");
                Law(before.Entry?.Outcome is null or AuditOutcome.Unknown || before.Entry == state.Entry, "an outcome is final");
                Law(before.Entry is null || state.DeleteAt <= before.DeleteAt, "nothing is kept for longer than it was to be");
                Law(command is not ForgetAudit || state.Entry is null || state.DeleteAt <= now, "what is forgotten goes now");
                Law(Decide(state, command, now).Count == 0 || command is EndAudit { Outcome: AuditOutcome.Unknown }, "repeating a command changes nothing");
                Law(folded == state && AuditDecider.Codec.DecodeState(AuditDecider.Codec.EncodeState(state)) == state, "what is stored tells the state");
                Listed(state, Law);

                void Law(bool holds, string law) => Assert.True(holds, $"{law} ({command} at {now:O} on {before}; set ACTORJOBS_SEED={seed})");
            }
        }
    }

    private void Listed(AuditState state, Action<bool, string> law)
    {
        var intents = decider.Intents(state);
        law(intents.DeleteAt == (state.Entry is null ? null : state.DeleteAt), "deleted at its time");
        law(intents.Entries.SequenceEqual(state.Entry is { } entry ? [new IndexEntry(AuditDecider.Index, entry.At.ToUnixTimeMilliseconds())] : []), "listed by its time once it is there");
    }

    private IReadOnlyList<AuditEvent> Decide(AuditState state, AuditCommand command, DateTimeOffset now) =>
        decider.Decide(state, command, new DecisionContext(new EntityKey(AuditDecider.Kind, "a"), now, 0)).Events;

    private static bool Same(AuditEntry one, AuditEntry other) =>
        one == other with { Outcome = one.Outcome, Reason = one.Reason, Details = one.Details, Problem = one.Problem };

    private static AuditCommand Next(Random random, DateTimeOffset now) => random.Next(5) switch
    {
        0 or 1 => new BeginAudit(
            new AuditEntry { Id = $"a{random.Next(3)}", At = now, Who = "ci", Action = "job.cancel", Target = random.Next(2) == 0 ? "job-1" : null }, now.AddDays(90)),
        2 or 3 => new EndAudit(
            (AuditOutcome)random.Next(4), random.Next(2) == 0 ? "enough" : null, random.Next(2) == 0 ? "size 4" : null, random.Next(2) == 0 ? "no such job" : null),
        _ => new ForgetAudit(),
    };
}
