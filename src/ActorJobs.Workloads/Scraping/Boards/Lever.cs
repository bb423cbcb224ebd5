using System.Globalization;
using System.Text;
using System.Text.Json;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Scraping.Boards;

/// <summary>Lever's Postings API (https://github.com/lever/postings-api): a list, continued by <c>skip</c>.</summary>
internal sealed class Lever : IJobBoard
{
    private const int PageSize = 100;

    public string Name => "lever";

    public Uri Api { get; } = new("https://api.lever.co/");

    public string? AccountOf(Uri link) => BoardLink.FirstSegment(link, "jobs.lever.co", "jobs.eu.lever.co");

    public Uri Feed(Uri api, string account) => Feed(api, account, 0);

    public BoardPage Read(JsonElement answer, BoardSource source)
    {
        var postings = answer.Members().Select(posting => Draft(posting, source)).ToList();
        var skip = int.TryParse(BoardLink.Query(source.Url, "skip"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;
        // a full page may have a next one
        return new BoardPage(postings, postings.Count < PageSize ? [] : [Feed(source.Api, source.Account, skip + PageSize)]);
    }

    private static Uri Feed(Uri api, string account, int skip) =>
        new(api, string.Create(CultureInfo.InvariantCulture, $"v0/postings/{Uri.EscapeDataString(account)}?mode=json&skip={skip}&limit={PageSize}"));

    private static PostingDraft Draft(JsonElement posting, BoardSource source)
    {
        var draft = source.Draft(posting.Link("hostedUrl"));
        draft.Title = posting.Text("text");
        draft.Posted = posting.Day("createdAt");
        draft.ApplyUrl = posting.Link("applyUrl") ?? posting.Link("hostedUrl");
        draft.Salary = Pay(posting.At("salaryRange"));
        draft.Description = SafeHtml.FromMarkup(Markup(posting), source.Url);
        draft.Remote = posting.Text("workplaceType")?.ToLowerInvariant() switch
        {
            "remote" => true,
            "on-site" or "onsite" => false,
            _ => null,
        };
        var places = posting.Members("categories", "allLocations").Select(place => place.ValueKind == JsonValueKind.String ? place.GetString() : null).OfType<string>().ToList();
        draft.Locations.AddRange(places.Count > 0 ? places : [.. new[] { posting.Text("categories", "location") }.OfType<string>()]);
        if (posting.Text("categories", "commitment") is { } commitment)
            draft.EmploymentTypes.Add(commitment);
        source.NameCompany(draft);
        return draft;
    }

    // the text is in pieces: opening, headed lists, closing
    private static string Markup(JsonElement posting)
    {
        var markup = new StringBuilder(posting.Text("description") ?? posting.Text("descriptionPlain"));
        foreach (var list in posting.Members("lists"))
            markup.Append("<h3>").Append(System.Net.WebUtility.HtmlEncode(list.Text("text"))).Append("</h3><ul>").Append(list.Text("content")).Append("</ul>");
        return markup.Append(posting.Text("additional")).ToString();
    }

    private static Salary? Pay(JsonElement range) =>
        range.Number("min") is null && range.Number("max") is null
            ? null
            : new Salary(range.Number("min"), range.Number("max"), range.Text("currency"), SalaryText.Period((range.Text("interval") ?? "").Replace('-', ' ')));
}
