using System.Globalization;
using System.Text;
using System.Text.Json;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Scraping.Boards;

/// <summary>
/// SmartRecruiters' Posting API (https://developers.smartrecruiters.com/docs/posting-api): a list in pages, which has no texts, and an answer for each posting.
/// </summary>
internal sealed class SmartRecruiters : IJobBoard
{
    private const int PageSize = 100;

    public string Name => "smartrecruiters";

    public Uri Api { get; } = new("https://api.smartrecruiters.com/");

    public string? AccountOf(Uri link) => BoardLink.FirstSegment(link, "careers.smartrecruiters.com", "jobs.smartrecruiters.com");

    public Uri Feed(Uri api, string account) => Feed(api, account, 0);

    public BoardPage Read(JsonElement answer, BoardSource source) => answer.At("content").ValueKind == JsonValueKind.Array ? ReadList(answer, source) : new([Draft(answer, source)], []);

    private static BoardPage ReadList(JsonElement answer, BoardSource source)
    {
        var ids = answer.Members("content").Select(posting => posting.Text("id")).OfType<string>().ToList();
        // built, not taken from "ref": an answer does not choose where the crawl goes
        var more = ids.Select(id => new Uri(source.Api, $"v1/companies/{Uri.EscapeDataString(source.Account)}/postings/{Uri.EscapeDataString(id)}")).ToList();
        var next = (int)Math.Clamp(answer.Number("offset") ?? 0, 0, 1_000_000) + PageSize;
        if (answer.Number("totalFound") > next && ids.Count > 0)
            more.Add(Feed(source.Api, source.Account, next));
        return new BoardPage([], more);
    }

    private static Uri Feed(Uri api, string account, int offset) =>
        new(api, string.Create(CultureInfo.InvariantCulture, $"v1/companies/{Uri.EscapeDataString(account)}/postings?limit={PageSize}&offset={offset}"));

    private static PostingDraft Draft(JsonElement posting, BoardSource source)
    {
        var own = posting.Link("postingUrl") ?? (posting.Text("id") is { } id ? new Uri($"https://jobs.smartrecruiters.com/{source.Account}/{id}") : null);
        var draft = source.Draft(own);
        draft.Title = posting.Text("name");
        draft.Company = posting.Text("company", "name");
        draft.Posted = posting.Text("releasedDate");
        draft.ApplyUrl = posting.Link("applyUrl") ?? own;
        draft.Remote = posting.Flag("location", "remote");
        draft.Language = posting.Text("language", "code")?.Split('-')[0].ToLowerInvariant();
        draft.Description = SafeHtml.FromMarkup(Markup(posting.At("jobAd", "sections")), source.Url);
        if (posting.At("location").Place("city", "region", "country") is { } place)
            draft.Locations.Add(place);
        if (posting.Text("typeOfEmployment", "label") is { } type)
            draft.EmploymentTypes.Add(type);
        if (draft.Company is null)
            source.NameCompany(draft);
        return draft;
    }

    private static string Markup(JsonElement sections)
    {
        var markup = new StringBuilder();
        foreach (var name in new[] { "companyDescription", "jobDescription", "qualifications", "additionalInformation" })
        {
            if (sections.Text(name, "text") is { } text)
                markup.Append("<h3>").Append(System.Net.WebUtility.HtmlEncode(sections.Text(name, "title"))).Append("</h3>").Append(text);
        }

        return markup.ToString();
    }
}
