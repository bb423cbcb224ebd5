using ActorJobs.Workloads.Scraping.Crawling;
using AngleSharp.Dom;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// Reads postings from pages without markup for machines: a page about one job, known by its main heading and the company of labels, sections and an
/// apply link; or a page that lists several, each under a heading of its own.
/// </summary>
internal static class HeuristicReader
{
    private const int MaxPostings = 200;
    private const int MaxHeadings = 2_000;
    private const int MaxFrames = 16;

    private static readonly string[] SectionWords =
    [
        "responsibilities", "requirements", "qualifications", "what you will do", "what you'll do", "your profile", "about the role", "who you are",
        "we offer", "benefits", "aufgaben", "profil", "anforderungen", "wir bieten", "your tasks", "job description", "must have", "skills",
    ];

    public static IEnumerable<PostingDraft> Read(PageContext page)
    {
        var listed = ListedContainers(page).Take(MaxPostings).ToList();
        // one container is the page's own posting in a frame: read it whole, with what surrounds it
        if (listed.Count >= 2)
            return listed.Select(container => FromContainer(page, container));
        return Heading(page) is { } heading && LooksLikeOnePosting(page, out var fields) ? [FromPage(page, heading, fields)] : [];
    }

    // pages of boards may have the title under a heading of the second order, or in an element that is only named so
    private static IElement? Heading(PageContext page) =>
        page.Document.QuerySelector("main h1, article h1, h1")
        ?? page.Document.QuerySelector("[class*='headline' i] h2, [class*='job-title' i], [class*='posting-title' i], [data-ui='job-title'], [data-automation-id*='jobPostingHeader']");

    // from each heading upwards, as long as it is the only one: looking for headings in each element would cost the page once for each level of it
    private static IEnumerable<IElement> ListedContainers(PageContext page)
    {
        var headings = page.Document.QuerySelectorAll("h2, h3, h4").Take(MaxHeadings).ToList();
        var counts = headings.SelectMany(heading => heading.Ancestors<IElement>()).CountBy(element => element).ToDictionary();
        return headings.SelectMany(heading => ContainersOf(heading, counts)).Where(element => Evidence(page, element) >= 2);
    }

    // the outer ones first, as in the page; one that has the heading in a further container is that one's frame
    private static IEnumerable<IElement> ContainersOf(IElement heading, Dictionary<IElement, int> counts)
    {
        var way = heading.Ancestors<IElement>().TakeWhile(element => counts[element] == 1).Take(MaxFrames).ToList();
        return way.Where((element, level) => IsContainer(element) && (level == 0 || !IsContainer(way[level - 1]))).Reverse();
    }

    private static bool IsContainer(IElement element) => element.LocalName is "article" or "li" or "section" or "div" or "tr";

    private static IEnumerable<IElement> Headings(IElement element) => element.QuerySelectorAll("h2, h3, h4");

    private static int Evidence(PageContext page, IElement element) => LabelledFields.In(element).Count + (page.ApplyLink(element) is null ? 0 : 1);

    private static bool LooksLikeOnePosting(PageContext page, out Func<string, string?> fields)
    {
        var (labelled, named) = (LabelledFields.In(page.Document.Body!), NamedFields.In(page.Document.Body!));
        fields = field => labelled[field] ?? named[field];
        var sections = page.Document.QuerySelectorAll("h2, h3, h4, strong").Select(CollapsedText.Of)
            .Count(text => text is not null && SectionWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
        var canApply = page.ApplyLink(page.Document) is not null;
        var evidence = labelled.Count + Math.Min(sections, 2) + (canApply ? 1 : 0);
        // names are weak: pages about other things have places and companies, too, but nothing to apply for
        return evidence >= 3 || (canApply && named["location"] is not null && evidence + named.Count >= 3);
    }

    private static PostingDraft FromPage(PageContext page, IElement heading, Func<string, string?> fields)
    {
        var draft = Fill(page, fields);
        draft.Title = CollapsedText.Of(heading);
        draft.Company ??= SiteName(page) ?? WindowTitle.CompanyOf(page.Document.Title, draft.Title);
        draft.ApplyUrl = page.ApplyLink(page.Document);
        var body = heading.Closest("article, main") ?? page.Document.Body!;
        draft.Description = SafeHtml.FromNodes(body.ChildNodes.Where(node => node != heading), page.Base);
        return draft;
    }

    private static PostingDraft FromContainer(PageContext page, IElement container)
    {
        var heading = Headings(container).First();
        var labelled = LabelledFields.In(container);
        var draft = Fill(page, field => labelled[field]);
        draft.Title = CollapsedText.Of(heading);
        draft.Company ??= SiteName(page);
        draft.ApplyUrl = page.ApplyLink(container);
        draft.Description = SafeHtml.FromNodes(container.ChildNodes.Where(node => node != heading), page.Base);
        var own = page.Link(heading.QuerySelector("a[href]"));
        var anchor = container.Id ?? heading.Id;
        // several postings share the page's address: tell them apart by their own link, their anchor, else their title
        draft.CanonicalUrl = own is not null && own.Host == page.Url.Host
            ? CanonicalUrl.Of(own)
            : new Uri(page.Canonical, "#" + Uri.EscapeDataString(anchor ?? draft.Title ?? ""));
        return draft;
    }

    private static PostingDraft Fill(PageContext page, Func<string, string?> fields)
    {
        var draft = new PostingDraft(page.Facts, ExtractionMethod.Heuristics)
        {
            Company = fields("company"),
            SalaryText = fields("salary"),
            Posted = fields("posted"),
            ValidThrough = fields("valid"),
            Remote = fields("remote") is { } remote ? ReadsAsYes(remote) : null,
        };
        if (fields("location") is { } locations)
            draft.Locations.AddRange(locations.Split([';', '|', '/'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        if (fields("type") is { } type)
            draft.EmploymentTypes.Add(type);
        return draft;
    }

    private static bool? ReadsAsYes(string text) => text.Trim().ToLowerInvariant() switch
    {
        "yes" or "ja" or "oui" or "sí" or "possible" or "möglich" or "posible" or "fully" => true,
        "no" or "nein" or "non" => false,
        _ when RemoteText.Denies(text) => false,
        _ when RemoteText.Says(text) => true,
        _ => null,
    };

    private static string? SiteName(PageContext page) => page.Document.QuerySelector("meta[property='og:site_name' i]")?.GetAttribute("content");
}
