using System.Text.Json;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Scraping.Boards;

/// <summary>Greenhouse's Job Board API (https://developers.greenhouse.io/job-board.html): all jobs of a board in one answer.</summary>
internal sealed class Greenhouse : IJobBoard
{
    public string Name => "greenhouse";

    public Uri Api { get; } = new("https://boards-api.greenhouse.io/");

    public string? AccountOf(Uri link) =>
        BoardLink.FirstSegment(link, "boards.greenhouse.io", "job-boards.greenhouse.io", "boards.eu.greenhouse.io", "job-boards.eu.greenhouse.io")
        ?? (link.Host.EndsWith(".greenhouse.io", StringComparison.Ordinal) ? BoardLink.Query(link, "for") : null);

    public Uri Feed(Uri api, string account) => new(api, $"v1/boards/{Uri.EscapeDataString(account)}/jobs?content=true");

    public BoardPage Read(JsonElement answer, BoardSource source) => new([.. answer.Members("jobs").Select(job => Draft(job, source))], []);

    private static PostingDraft Draft(JsonElement job, BoardSource source)
    {
        var url = job.Link("absolute_url");
        var draft = source.Draft(url);
        draft.Title = job.Text("title");
        draft.Company = job.Text("company_name");
        draft.Posted = job.Text("first_published") ?? job.Text("updated_at");
        draft.Language = job.Text("language")?.Split('-')[0].ToLowerInvariant();
        draft.ApplyUrl = url;
        draft.Salary = Pay(job);
        // the markup comes written with character references
        draft.Description = job.Text("content") is { } content ? SafeHtml.FromMarkup(System.Net.WebUtility.HtmlDecode(content), source.Url) : null;
        if (job.Text("location", "name") is { } place)
            draft.Locations.AddRange(place.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        draft.EmploymentTypes.AddRange(job.Members("metadata")
            .Where(field => field.Text("name") is { } name && name.Contains("employment", StringComparison.OrdinalIgnoreCase))
            .Select(field => field.Text("value")).OfType<string>());
        if (draft.Company is null)
            source.NameCompany(draft);
        return draft;
    }

    private static Salary? Pay(JsonElement job) =>
        job.Members("pay_input_ranges").Select(range => new Salary(
            range.Number("min_cents") / 100, range.Number("max_cents") / 100, range.Text("currency_type"), range.Text("title") is { } title ? SalaryText.Period(title) : null))
        .FirstOrDefault(salary => salary.Min is not null || salary.Max is not null);
}
