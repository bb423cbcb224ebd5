using System.Text.Json;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Scraping.Boards;

/// <summary>Workable's public account feed, the one its careers widget reads (https://help.workable.com, "Careers page widget"): all jobs in one answer.</summary>
internal sealed class Workable : IJobBoard
{
    public string Name => "workable";

    public Uri Api { get; } = new("https://apply.workable.com/");

    public string? AccountOf(Uri link) => link.Host.Equals("apply.workable.com", StringComparison.OrdinalIgnoreCase)
        ? BoardLink.FirstSegment(link, "apply.workable.com")
        : BoardLink.Subdomain(link, "workable.com");

    public Uri Feed(Uri api, string account) => new(api, $"api/v1/widget/accounts/{Uri.EscapeDataString(account)}?details=true");

    public BoardPage Read(JsonElement answer, BoardSource source) =>
        new([.. answer.Members("jobs").Select(job => Draft(job, answer.Text("name"), source))], []);

    private static PostingDraft Draft(JsonElement job, string? company, BoardSource source)
    {
        var draft = source.Draft(job.Link("url") ?? job.Link("shortlink"));
        draft.Title = job.Text("title");
        draft.Company = company;
        draft.Posted = job.Text("published_on") ?? job.Text("created_at");
        draft.ApplyUrl = job.Link("application_url") ?? job.Link("url");
        draft.Remote = job.Flag("telecommuting");
        draft.Description = job.Text("description") is { } markup ? SafeHtml.FromMarkup(markup, source.Url) : null;
        var places = job.Members("locations").Where(place => place.Flag("hidden") != true).Select(place => place.Place("city", "region", "country")).OfType<string>().ToList();
        draft.Locations.AddRange(places.Count > 0 ? places : [.. new[] { job.Place("city", "state", "country") }.OfType<string>()]);
        if (job.Text("employment_type") is { } type)
            draft.EmploymentTypes.Add(type);
        if (company is null)
            source.NameCompany(draft);
        return draft;
    }
}
