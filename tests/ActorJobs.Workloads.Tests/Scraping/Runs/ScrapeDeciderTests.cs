using ActorJobs.Actors.Entities;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Tests.Scraping.Runs;

/// <summary>The rules of a scrape as a persistent actor, without a store.</summary>
public sealed class ScrapeDeciderTests
{
    private const string One = "https://one.example/";
    private const string Two = "https://two.example/";

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly ScrapeDecider decider = new();
    private readonly List<ScrapeEvent> history = [];
    private ScrapeState state = ScrapeState.None;
    private DateTimeOffset now = Start;

    [Fact]
    public void It_follows_its_companies_from_their_queue_to_its_end()
    {
        Begin();
        Assert.Equal((RunState.Queued, 2), (state.State, state.Companies!.Count));
        Assert.True(Ask(new NoteJobs(["a", "b"])).IsTaken);
        Assert.Equal((RunState.Running, "a"), (state.State, state.Find(One)!.JobId));

        Assert.True(Ask(Say(One, ScrapeStep.Fetch, 1, RunState.Running)).IsTaken);
        Assert.True(Ask(Say(One, ScrapeStep.Persist, 1, RunState.Completed) with { Found = 3, Added = 2 }).IsTaken);
        Assert.Null(state.FinishedAt);
        Assert.True(Ask(Say(Two, ScrapeStep.Fetch, 4, RunState.Failed)).IsTaken);

        Assert.Equal((RunState.Completed, now), (state.State, state.FinishedAt));
        Assert.Equal((3, 2), (state.Find(One)!.Found, state.Find(One)!.Added));
    }

    [Fact]
    public void A_scrape_of_which_all_companies_failed_has_failed_and_opens_again_with_a_retried_dead_letter()
    {
        Begin();
        Ask(Say(One, ScrapeStep.Fetch, 1, RunState.Failed));
        Ask(Say(Two, ScrapeStep.Fetch, 1, RunState.Failed));
        Assert.Equal(RunState.Failed, state.State);

        Assert.True(Ask(Say(One, ScrapeStep.Fetch, 2, RunState.Running)).IsTaken);

        Assert.Equal((RunState.Running, null), (state.State, state.FinishedAt));
    }

    [Theory]
    [InlineData(ScrapeStep.Fetch, 1, false)] // of the step before
    [InlineData(ScrapeStep.Parse, 1, false)] // of a lost attempt
    [InlineData(ScrapeStep.Parse, 2, true)]
    [InlineData(ScrapeStep.Persist, 1, true)]
    public void A_word_from_before_is_not_taken(ScrapeStep step, int attempt, bool isTaken)
    {
        Begin();
        Ask(Say(One, ScrapeStep.Parse, 2, RunState.Running));
        var before = state;

        Assert.Equal(isTaken, Ask(Say(One, step, attempt, RunState.Running)).IsTaken);
        Assert.Equal(isTaken, !ReferenceEquals(before, state));
    }

    [Fact]
    public void A_cancel_stops_what_is_open_and_names_its_jobs_and_nothing_is_taken_after_it()
    {
        Begin();
        Ask(new NoteJobs(["a", "b"]));
        Ask(Say(One, ScrapeStep.Persist, 1, RunState.Completed));

        Assert.Equal(["b"], Ask(new CancelScrape()).Jobs);
        Assert.Equal((RunState.Cancelled, RunState.Completed, RunState.Cancelled), (state.State, state.Find(One)!.State, state.Find(Two)!.State));
        Assert.False(Ask(Say(Two, ScrapeStep.Fetch, 1, RunState.Running)).IsTaken);
        Assert.Empty(Ask(new CancelScrape()).Jobs);
    }

    [Fact]
    public void It_is_cleared_only_after_its_end_and_then_is_in_no_list_and_goes()
    {
        Begin();
        Assert.False(Ask(new ClearScrape()).IsTaken);
        Ask(new CancelScrape());
        Assert.Equal(["scrape", "scrape-ended", "scrape-state/a%2Fda/Cancelled", "scrape-user/a%2Fda"], decider.Intents(state).Entries.Select(entry => entry.Index).Order());

        Assert.True(Ask(new ClearScrape()).IsTaken);

        Assert.Equal((now, 0), (decider.Intents(state).DeleteAt, decider.Intents(state).Entries.Count));
        Assert.False(Ask(Say(One, ScrapeStep.Fetch, 1, RunState.Running)).IsTaken);
    }

    [Fact]
    public void Nothing_is_taken_before_its_beginning_and_beginning_twice_changes_nothing()
    {
        Assert.All<ScrapeCommand>([new NoteJobs([]), Say(One, ScrapeStep.Fetch, 1, RunState.Running), new CancelScrape(), new ClearScrape()], command => Assert.False(Ask(command).IsTaken));
        Assert.Empty(history);

        Begin();
        Begin();

        Assert.Single(history);
    }

    [Fact]
    public void Of_many_and_long_errors_a_bounded_part_is_kept_and_each_once()
    {
        state = decider.Evolve(ScrapeState.None, new ScrapeBegan(null, false, [.. Enumerable.Range(0, 100).Select(number => $"https://{number}.example/")], now));
        foreach (var company in state.Companies!)
        {
            for (var times = 0; times < 2; times++)
            {
                Ask(Say(company.Company, ScrapeStep.Fetch, 1, RunState.Running) with
                {
                    Errors = [.. Enumerable.Range(0, 70).Select(number => new RunError($"page {number}", new string('x', 10_000)))],
                });
            }
        }

        Assert.Equal(ScrapeBounds.MaxErrorsOfCompany, state.Companies![0].Errors!.Distinct().Count());
        Assert.Equal(ScrapeBounds.MaxErrors, state.Companies!.Sum(company => company.Errors?.Count ?? 0));
        Assert.True(ScrapeEntity.Codec.EncodeState(state).Length < 1_000_000);
    }

    [Fact]
    public void The_largest_scrape_stays_below_the_limit_of_an_entity()
    {
        // as long as the arguments of a job may be
        var companies = Enumerable.Range(0, ScrapeBounds.MaxCompanies).Select(number => $"https://{number:0000}.example/" + new string('p', 480)).ToList();
        state = decider.Evolve(ScrapeState.None, new ScrapeBegan("ada", true, companies, now));
        foreach (var company in companies)
        {
            Ask(Say(company, ScrapeStep.Fetch, 1, RunState.Failed) with
            {
                Message = new string('m', 1_000),
                JobId = new string('j', 60),
                Errors = [new RunError(new string('w', 300), new string('x', 300))],
            });
        }

        Assert.True(ScrapeEntity.Codec.EncodeState(state).Length < 4 << 20);
    }

    [Fact]
    public void What_is_stored_is_read_as_what_it_was()
    {
        Begin();
        Ask(new NoteJobs(["a", "b"]));
        Ask(Say(One, ScrapeStep.Fetch, 1, RunState.Running) with { Pages = 2, IsWhole = true, Errors = [new RunError("here", "this")] });
        Ask(new CancelScrape());
        Ask(new ClearScrape());
        var codec = ScrapeEntity.Codec;

        var read = codec.EncodeState(codec.DecodeState(codec.EncodeState(state)));
        var folded = history.Select(happened => codec.DecodeEvent(codec.TypeOf(happened), codec.EncodeEvent(happened))).Aggregate(ScrapeState.None, decider.Evolve);

        Assert.Equal(codec.EncodeState(state).ToArray(), read.ToArray());
        Assert.Equal(codec.EncodeState(state).ToArray(), codec.EncodeState(folded).ToArray());
    }

    private static AdvanceCompany Say(string company, ScrapeStep step, int attempt, RunState said) => new(company, step, attempt, said, 0.5, "message");

    private void Begin() => Assert.True(Ask(new BeginScrape("a/da", false, [One, Two])).IsTaken);

    private ScrapeAnswer Ask(ScrapeCommand command)
    {
        now += TimeSpan.FromSeconds(1);
        var decision = decider.Decide(state, command, new DecisionContext(ScrapeEntity.Key("run"), now, 0));
        history.AddRange(decision.Events);
        state = decision.Events.Aggregate(state, decider.Evolve);
        return Assert.IsType<ScrapeAnswer>(decision.Reply);
    }
}
