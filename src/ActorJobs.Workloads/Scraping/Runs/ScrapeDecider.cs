using System.Diagnostics;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>One scrape over its companies: its rules, pure.</summary>
internal sealed partial class ScrapeDecider : IDecider<ScrapeState, ScrapeCommand, ScrapeEvent>
{
    public ScrapeState Initial => ScrapeState.None;

    public Decision<ScrapeEvent> Decide(ScrapeState state, ScrapeCommand command, DecisionContext context) => command switch
    {
        BeginScrape when state.Exists => Decision.Reply<ScrapeEvent>(ScrapeAnswer.Taken),
        BeginScrape begin => Happened(new ScrapeBegan(begin.User, begin.Enrich, begin.Companies, context.Now)),
        _ when !state.Exists => Decision.Reply<ScrapeEvent>(ScrapeAnswer.Refused),
        NoteJobs note => Note(state, note, context.Now),
        AdvanceCompany advance => Advance(state, advance, context.Now),
        CancelScrape => Cancel(state, context.Now),
        ClearScrape when state.FinishedAt is null => Decision.Reply<ScrapeEvent>(ScrapeAnswer.Refused),
        ClearScrape => Happened(new ScrapeCleared(context.Now)),
        _ => throw new UnreachableException($"{command.GetType().Name} is not decided"),
    };

    public Intents Intents(ScrapeState state) => state switch
    {
        { Companies: null } => Actors.Entities.Intents.None,
        { ClearedAt: { } cleared } => new Intents { DeleteAt = cleared },
        _ => new Intents { Entries = ScrapeIndex.EntriesOf(state) },
    };

    private static Decision<ScrapeEvent> Happened(ScrapeEvent happened) => Decision.Happened(happened, ScrapeAnswer.Taken);

    private static Decision<ScrapeEvent> Note(ScrapeState state, NoteJobs note, DateTimeOffset now) =>
        note.Jobs.Count == state.Companies!.Count && state.Companies.Any(company => company is { JobId: null, IsOpen: true })
            ? Happened(new JobsNoted(note.Jobs, now))
            : Decision.Reply<ScrapeEvent>(ScrapeAnswer.Taken);

    private static Decision<ScrapeEvent> Advance(ScrapeState state, AdvanceCompany said, DateTimeOffset now)
    {
        var place = state.PlaceOf(said.Company);
        if (place < 0 || !Follows(state.Companies![place], said))
            return Decision.Reply<ScrapeEvent>(ScrapeAnswer.Refused);
        return Happened(new CompanyAdvanced(place, said.Step, said.Attempt, said.State, said.Progress, ScrapeBounds.Cut(said.Message), now)
        {
            JobId = said.JobId,
            Pages = said.Pages,
            Found = said.Found,
            Added = said.Added,
            IsWhole = said.IsWhole,
            Errors = News(state, state.Companies[place], said.Errors ?? []),
        });
    }

    // a company that failed goes on when somebody has its dead letter run again
    private static bool Follows(CompanyState company, AdvanceCompany said) =>
        company.State is not (RunState.Completed or RunState.Cancelled)
        && (company.Step is not { } step || step < said.Step || (step == said.Step && company.Attempt <= said.Attempt));

    private static List<RunError>? News(ScrapeState state, CompanyState company, IReadOnlyList<RunError> said)
    {
        if (said.Count == 0)
            return null;
        var known = company.Errors ?? [];
        var room = Math.Min(ScrapeBounds.MaxErrorsOfCompany - known.Count, ScrapeBounds.MaxErrors - state.Companies!.Sum(each => each.Errors?.Count ?? 0));
        var news = said.Select(ScrapeBounds.Cut).Distinct().Except(known).Take(Math.Max(0, room)).ToList();
        return news.Count == 0 ? null : news;
    }

    private static Decision<ScrapeEvent> Cancel(ScrapeState state, DateTimeOffset now)
    {
        if (state.FinishedAt is not null)
            return Decision.Reply<ScrapeEvent>(ScrapeAnswer.Taken);
        var jobs = state.Companies!.Where(company => company.IsOpen).Select(company => company.JobId).OfType<string>();
        return Decision.Happened<ScrapeEvent>(new ScrapeCancelled(now), new ScrapeAnswer(true, [.. jobs]));
    }
}
