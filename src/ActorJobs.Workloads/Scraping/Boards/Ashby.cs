using System.Text.Json;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Scraping.Boards;

/// <summary>Ashby's public job posting API (https://developers.ashbyhq.com/docs/public-job-posting-api): all jobs of a board in one answer.</summary>
internal sealed class Ashby : IJobBoard
{
    public string Name => "ashby";

    public Uri Api { get; } = new("https://api.ashbyhq.com/");

    public string? AccountOf(Uri link) => BoardLink.FirstSegment(link, "jobs.ashbyhq.com");

    public Uri Feed(Uri api, string account) => new(api, $"posting-api/job-board/{Uri.EscapeDataString(account)}?includeCompensation=true");

    public BoardPage Read(JsonElement answer, BoardSource source) =>
        // an unlisted job is for those who were sent its address
        new([.. answer.Members("jobs").Where(job => job.Flag("isListed") != false).Select(job => Draft(job, source))], []);

    private static PostingDraft Draft(JsonElement job, BoardSource source)
    {
        var draft = source.Draft(job.Link("jobUrl"));
        draft.Title = job.Text("title");
        draft.Posted = job.Text("publishedAt");
        draft.ApplyUrl = job.Link("applyUrl") ?? job.Link("jobUrl");
        draft.Remote = job.Flag("isRemote");
        draft.Salary = Pay(job);
        draft.SalaryText = job.Text("compensation", "scrapeableCompensationSalarySummary") ?? job.Text("compensation", "compensationTierSummary");
        draft.Description = (job.Text("descriptionHtml") ?? job.Text("descriptionPlain")) is { } markup ? SafeHtml.FromMarkup(markup, source.Url) : null;
        draft.Locations.AddRange(new[] { Place(job) }.Concat(job.Members("secondaryLocations").Select(Place)).OfType<string>());
        if (job.Text("employmentType") is { } type)
            draft.EmploymentTypes.Add(type);
        source.NameCompany(draft);
        return draft;
    }

    private static string? Place(JsonElement job) =>
        job.At("address", "postalAddress").Place("addressLocality", "addressRegion", "addressCountry")
        ?? job.At("address").Place("addressLocality", "addressRegion", "addressCountry") ?? job.Text("location");

    private static Salary? Pay(JsonElement job) =>
        job.Members("compensation", "summaryComponents").Where(part => part.Text("compensationType") == "Salary")
            .Select(part => new Salary(part.Number("minValue"), part.Number("maxValue"), part.Text("currencyCode"), SalaryText.Period(part.Text("interval") ?? "")))
            .FirstOrDefault(salary => salary.Min is not null || salary.Max is not null);
}
