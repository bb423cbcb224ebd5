using ActorJobs.Workloads.Scraping.Crawling;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>From a schema.org <c>JobPosting</c>, whatever its syntax, to a draft (https://schema.org/JobPosting and the search engines' guides to it).</summary>
internal static class JobPostingMapper
{
    public static PostingDraft Map(SchemaItem item, PageContext page, ExtractionMethod method)
    {
        var draft = new PostingDraft(page.Facts, method)
        {
            Title = item.Text("title") ?? item.Text("name"),
            Company = item.Names("hiringOrganization").FirstOrDefault() ?? item.Text("hiringOrganization"),
            Remote = IsRemote(item),
            Salary = SchemaSalary.Read(item),
            SalaryText = SchemaSalary.Words(item),
            Posted = item.Text("datePosted"),
            ValidThrough = item.Text("validThrough"),
            Description = Description(item, page),
            Language = LanguageCode(item.Text("inLanguage")),
        };
        draft.EmploymentTypes.AddRange(item.All("employmentType").Select(value => value.Text).OfType<string>());
        draft.Locations.AddRange(item.All("jobLocation").Select(Place).OfType<string>());
        if (draft.Locations.Count == 0)
            draft.Locations.AddRange(item.Names("applicantLocationRequirements"));

        var own = page.Resolve(item.Text("url") ?? item.Text("@id"));
        draft.CanonicalUrl = own is not null && own.Host == page.Url.Host ? CanonicalUrl.Of(own) : null;
        draft.ApplyUrl = item.Items("potentialAction").Select(action => page.Resolve(action.Text("target") ?? action.Names("target").FirstOrDefault())).FirstOrDefault()
            ?? page.ApplyLink(page.Document) ?? own;
        return draft;
    }

    private static bool? IsRemote(SchemaItem item) =>
        item.Text("jobLocationType") is { } type ? type.Contains("TELECOMMUTE", StringComparison.OrdinalIgnoreCase) || RemoteText.Says(type) : null;

    private static string? Place(SchemaValue value)
    {
        if (value.Item is not { } place)
            return value.Text;
        var address = place.Items("address").FirstOrDefault() ?? (place.IsA("PostalAddress") ? place : null);
        if (address is null)
            return place.Text("address") ?? place.Text("name");
        var parts = new[] { address.Text("addressLocality"), address.Text("addressRegion"), address.Names("addressCountry").FirstOrDefault() }
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return parts.Count > 0 ? string.Join(", ", parts) : place.Text("name");
    }

    private static SafeHtml? Description(SchemaItem item, PageContext page) =>
        item.All("description").Select(value => value.Html ?? value.Text).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) is { } markup
            ? SafeHtml.FromMarkup(markup, page.Base)
            : null;

    private static string? LanguageCode(string? language) =>
        language?.Split('-', '_')[0].ToLowerInvariant() is { Length: 2 } code ? code : null;
}
