namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// Collects a posting's fields as text and reads them: each way of reading a page fills a draft, and only here is decided what a field means and what
/// is reported when it cannot be read.
/// </summary>
internal sealed class PostingDraft(PageFacts page, ExtractionMethod method)
{
    private const int MaxPostings = 2_000;
    private readonly List<FieldIssue> issues = [];

    public string? Title { get; set; }

    public string? Company { get; set; }

    public List<string> Locations { get; } = [];

    public bool? Remote { get; set; }

    public List<string> EmploymentTypes { get; } = [];

    /// <summary>Pay as read from structure; <see cref="SalaryText"/> is used when it is null.</summary>
    public Salary? Salary { get; set; }

    public string? SalaryText { get; set; }

    public string? Posted { get; set; }

    public string? ValidThrough { get; set; }

    public SafeHtml? Description { get; set; }

    public Uri? ApplyUrl { get; set; }

    public Uri? CanonicalUrl { get; set; }

    public string? Language { get; set; }

    /// <summary>Reports a field that was read, but not from where it should stand.</summary>
    public void Note(string field, string problem) => issues.Add(new FieldIssue(field, problem));

    /// <summary>Builds the postings of a page; one without a title is an issue of the page.</summary>
    public static (IReadOnlyList<Posting> Postings, IReadOnlyList<FieldIssue> Issues) BuildAll(IEnumerable<PostingDraft> drafts)
    {
        var postings = new List<Posting>();
        var issues = new List<FieldIssue>();
        foreach (var draft in drafts.Take(MaxPostings))
        {
            if (draft.Build() is { } posting)
                postings.Add(posting);
            else
                issues.Add(new FieldIssue("title", "missing"));
        }

        // several postings of one page that name no address of their own would be taken for one
        return (postings.Count < 2 ? postings : [.. postings.DistinctBy(posting => (posting.CanonicalUrl.AbsoluteUri, posting.Title))], issues);
    }

    /// <summary>The posting, or null when there is not even a title.</summary>
    public Posting? Build()
    {
        var title = Clean(Title, 300);
        if (title is null)
            return null;
        var locations = Locations.Select(location => Clean(location, 200)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(20).ToList();
        var types = EmploymentTypes.SelectMany(EmploymentTypeText.Parse).Distinct().Order().ToList();
        var text = Description?.Text;
        var remote = Remote ?? (locations.Exists(RemoteText.Says) || RemoteText.Says(title) ? true : null);
        // "missing" is reported last, so that an unreadable field is reported as what it was
        return new Posting
        {
            Title = title,
            Company = Required("company", Clean(Company, 200)),
            Locations = locations.Count > 0 || remote == true ? locations : Required("locations", null as List<string>) ?? [],
            Remote = remote,
            EmploymentTypes = Read("employmentTypes", string.Join(", ", EmploymentTypes), types.Count > 0 ? types : null) ?? [],
            Salary = Read("salary", SalaryText, Salary ?? (SalaryText is null ? null : Parsing.SalaryText.Parse(SalaryText))),
            PostedOn = ReadDate("postedOn", Posted),
            ValidThrough = ReadDate("validThrough", ValidThrough),
            DescriptionText = Required("description", string.IsNullOrEmpty(text) ? null : text),
            DescriptionHtml = string.IsNullOrEmpty(text) ? null : Description?.Html,
            ApplyUrl = ApplyUrl,
            SourceUrl = page.Url,
            CanonicalUrl = CanonicalUrl ?? page.Canonical,
            Language = Language ?? page.Language,
            ExtractedBy = method,
            Issues = issues,
        };
    }

    private T? Required<T>(string field, T? value)
        where T : class
    {
        if (value is null)
            issues.Add(new FieldIssue(field, "missing"));
        return value;
    }

    private T? Read<T>(string field, string? text, T? value)
        where T : class
    {
        if (value is null)
            issues.Add(Unread(field, text));
        return value;
    }

    private DateOnly? ReadDate(string field, string? text)
    {
        var date = string.IsNullOrWhiteSpace(text) ? null : DateText.Parse(text);
        if (date is null)
            issues.Add(Unread(field, text));
        return date;
    }

    private static FieldIssue Unread(string field, string? text) =>
        new(field, Clean(text, 120) is { } found ? $"not understood: {found}" : "missing");

    private static string? Clean(string? text, int limit)
    {
        var collapsed = text is null ? "" : CollapsedText.Of(System.Net.WebUtility.HtmlDecode(text)).Trim();
        return collapsed.Length switch
        {
            0 => null,
            _ when collapsed.Length > limit => collapsed[..limit],
            _ => collapsed,
        };
    }
}
