using System.Text;
using ActorJobs.Actors.Entities;
using ActorJobs.TestKit.Specs;
using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Quotes;

/// <summary>In whichever order the jobs of a quote's revisions end, and however often: the first figures of each stay, and the last revision is in force.</summary>
public sealed class QuoteDeciderPropertyTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private readonly QuoteDecider decider = new(Retention);

    [Fact]
    public void The_first_figures_stay_and_the_last_revision_is_in_force()
    {
        var seed = Seed.Next();
        var random = new Random(seed);
        for (var quote = 0; quote < 60; quote++)
        {
            var (state, folded) = (decider.Initial, decider.Initial);
            var issued = new SortedDictionary<int, decimal>();
            for (var step = 0; step < 90; step++)
            {
                // around a number that grows: late ones, repeated ones, and some that are far behind
                var number = Math.Max(1, 1 + step - random.Next(random.Next(6) == 0 ? 80 : 4));
                var command = new IssueQuote("1:2", "Q-1", Revision(number, random.Next(1, 100_000)));
                var decision = decider.Decide(state, command, new DecisionContext(QuoteDecider.Key("q"), At, 0));
                foreach (var happened in decision.Events)
                {
                    state = decider.Evolve(state, happened);
                    folded = decider.Evolve(folded, QuoteDecider.Codec.DecodeEvent(QuoteDecider.Codec.TypeOf(happened), QuoteDecider.Codec.EncodeEvent(happened)));
                    Law(issued.TryAdd(number, command.Revision.Quote.Total), "a revision is issued once");
                }

                var reply = (QuoteRevision)decision.Reply!;
                Law(reply.Revision == number, "the answer is the revision asked for");
                Law(reply.Quote.Total == (state.Revisions.Any(each => each.Revision == number) ? issued[number] : command.Revision.Quote.Total), "the first figures stay");
                Law(state.Revisions.Select(each => each.Revision).SequenceEqual(issued.Keys.TakeLast(50)), "the last fifty are kept, by their numbers");
                Law(decider.Intents(state).DeleteAt == state.Revisions[^1].Quote.ValidUntil + Retention, "kept by the revision in force");
                Law(Text(state) == Text(folded) && Text(state) == Text(QuoteDecider.Codec.DecodeState(QuoteDecider.Codec.EncodeState(state))), "what is stored tells the state");

                void Law(bool holds, string law) => Assert.True(holds, $"{law} (revision {number} on [{string.Join(", ", issued.Keys)}]; set ACTORJOBS_SEED={seed})");
            }
        }
    }

    private static QuoteRevision Revision(int number, decimal total) => new(
        number,
        new Quote { Currency = "BRL", Decimals = 2, Lines = [], Goods = total, Freight = new Freight("city", 1, 0), Total = total, ValidUntil = At.AddDays(7 + number) },
        Language.En, "Business", "Street 1", At);

    private static string Text(IssuedQuote state) => Encoding.UTF8.GetString(QuoteDecider.Codec.EncodeState(state).Span);
}
