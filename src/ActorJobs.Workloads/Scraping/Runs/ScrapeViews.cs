using System.Globalization;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>A scrape as API and pages show it.</summary>
internal static class ScrapeViews
{
    /// <summary>With its companies.</summary>
    public static ScrapeRun Of(string id, ScrapeState state)
    {
        var companies = state.Companies!.Select(company => OfCompany(company, state.Enrich)).ToList();
        var current = companies.Where(company => company.State == RunState.Running).MaxBy(company => company.UpdatedAt);
        var summary = Summary(id, state);
        return summary with
        {
            Companies = companies,
            ChainProgress = companies.Count == 0 ? 0 : Math.Round(companies.Average(ShareOf), 3),
            StatusMessage = current is null ? summary.StatusMessage : $"{current.Company}: {current.StatusMessage}",
        };
    }

    /// <summary>As a list shows it.</summary>
    public static ScrapeRun Summary(string id, ScrapeState state)
    {
        var companies = state.Companies!;
        var (completed, failed) = (companies.Count(company => company.State == RunState.Completed), companies.Count(company => company.State == RunState.Failed));
        return new ScrapeRun
        {
            Id = id,
            User = state.User,
            Enrich = state.Enrich,
            State = state.State,
            CreatedAt = state.CreatedAt,
            FinishedAt = state.FinishedAt,
            CompaniesFound = companies.Count,
            CompaniesCompleted = completed,
            CompaniesFailed = failed,
            PostingsFound = companies.Sum(company => company.Found),
            PostingsAdded = companies.Sum(company => company.Added),
            // a list tells the share of companies that ended; the details are finer
            ChainProgress = companies.Count == 0 ? 0 : Math.Round((completed + failed) / (double)companies.Count, 3),
            StatusMessage = Status(state.State, companies.Count, completed, failed),
        };
    }

    // what has failed is done with, too: a scrape that has ended is at its end
    private static double ShareOf(CompanyRun company) => company.State == RunState.Failed ? 1 : company.ChainProgress;

    private static CompanyRun OfCompany(CompanyState company, bool enriches) => new()
    {
        Company = company.Company,
        State = company.State,
        Step = company.Step,
        Progress = company.Progress,
        ChainProgress = company.State == RunState.Completed ? 1 : ChainProgress.At(company.Step, company.Progress, enriches),
        StatusMessage = company.Message,
        Pages = company.Pages,
        PostingsFound = company.Found,
        PostingsAdded = company.Added,
        Errors = company.Errors ?? [],
        JobId = company.JobId,
        UpdatedAt = company.UpdatedAt,
    };

    private static string Status(RunState state, int companies, int completed, int failed) => state switch
    {
        RunState.Queued => "Queued",
        RunState.Cancelled => "Cancelled",
        RunState.Failed => "No company could be scraped",
        RunState.Completed when failed == 0 => string.Create(CultureInfo.InvariantCulture, $"Completed {completed} companies"),
        RunState.Completed => string.Create(CultureInfo.InvariantCulture, $"Completed {completed} of {companies} companies, {failed} failed"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{completed + failed} of {companies} companies done"),
    };
}
