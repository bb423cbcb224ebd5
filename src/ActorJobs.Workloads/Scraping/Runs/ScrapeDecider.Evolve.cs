using System.Diagnostics;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <content>What a scrape is after each event.</content>
internal sealed partial class ScrapeDecider
{
    public ScrapeState Evolve(ScrapeState state, ScrapeEvent happened) => happened switch
    {
        ScrapeBegan began => new ScrapeState
        {
            User = began.User,
            Enrich = began.Enrich,
            CreatedAt = began.At,
            Companies = [.. began.Companies.Select(company => new CompanyState(company, began.At))],
        },
        JobsNoted noted => state with { State = RunState.Running, Companies = [.. state.Companies!.Zip(noted.Jobs, (company, job) => Queued(company, job, noted.At))] },
        CompanyAdvanced advanced => After(state, advanced),
        ScrapeCancelled cancelled => state with
        {
            State = RunState.Cancelled,
            FinishedAt = cancelled.At,
            Companies =
            [
                .. state.Companies!.Select(company =>
                    company.IsOpen ? company with { State = RunState.Cancelled, Message = "Cancelled", UpdatedAt = cancelled.At } : company),
            ],
        },
        ScrapeCleared cleared => state with { ClearedAt = cleared.At },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not evolved"),
    };

    // a fetch that was quicker than the note knows better
    private static CompanyState Queued(CompanyState company, string job, DateTimeOffset at) =>
        company.JobId is null && company.IsOpen ? company with { JobId = job, Message = "Fetch queued", UpdatedAt = at } : company;

    private static ScrapeState After(ScrapeState state, CompanyAdvanced advanced)
    {
        var before = state.Companies![advanced.Place];
        CompanyState[] companies = [.. state.Companies];
        companies[advanced.Place] = before with
        {
            State = advanced.State,
            Step = advanced.Step,
            Attempt = advanced.Attempt,
            Progress = advanced.Progress,
            Message = advanced.Message,
            Pages = advanced.Pages ?? before.Pages,
            Found = advanced.Found ?? before.Found,
            Added = advanced.Added ?? before.Added,
            IsWhole = advanced.IsWhole ?? before.IsWhole,
            Errors = advanced.Errors is null ? before.Errors : [.. before.Errors ?? [], .. advanced.Errors],
            JobId = advanced.JobId ?? before.JobId,
            UpdatedAt = advanced.At,
        };
        return Concluded(state with { Companies = companies }, advanced.At);
    }

    // the scrape follows from its companies; a retried dead letter opens it again
    private static ScrapeState Concluded(ScrapeState state, DateTimeOffset at)
    {
        if (state.State == RunState.Cancelled)
            return state;
        if (state.Companies!.Any(company => company.IsOpen))
            return state with { State = RunState.Running, FinishedAt = null };
        var isLost = state.Companies!.All(company => company.State == RunState.Failed);
        return state with { State = isLost ? RunState.Failed : RunState.Completed, FinishedAt = at };
    }
}
