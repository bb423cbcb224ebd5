using AngleSharp.Html.Parser;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>What a page holds.</summary>
/// <param name="Postings">The postings, each with what could not be read of it.</param>
/// <param name="Issues">What could not be read of the page as a whole.</param>
internal sealed record ParsedPage(IReadOnlyList<Posting> Postings, IReadOnlyList<FieldIssue> Issues);

/// <summary>Reads postings from a page: JSON-LD first, then microdata, RDFa, and last heuristics; the first that finds one is believed.</summary>
internal static class PageParser
{
    public static ParsedPage Parse(string html, Uri url)
    {
        if (NestingLimit.IsExceeded(html))
            return new ParsedPage([], [new FieldIssue("page", "nested too deeply")]);

        var issues = new List<FieldIssue>();
        using var document = new HtmlParser().ParseDocument(html);
        var page = new PageContext(document, url);
        var postings = Build(Mapped(JsonLdReader.Read(document, issues), page, ExtractionMethod.JsonLd), issues);
        if (postings.Count == 0)
            postings = Build(Mapped(MicrodataReader.Read(document), page, ExtractionMethod.Microdata), issues);
        if (postings.Count == 0)
            postings = Build(Mapped(RdfaReader.Read(document), page, ExtractionMethod.Rdfa), issues);
        if (postings.Count == 0)
            postings = Build(HeuristicReader.Read(page), issues);
        return new ParsedPage(postings, issues);
    }

    private static IEnumerable<PostingDraft> Mapped(IReadOnlyList<SchemaItem> items, PageContext page, ExtractionMethod method) =>
        items.Where(item => item.IsA("JobPosting")).Select(item => JobPostingMapper.Map(item, page, method));

    private static IReadOnlyList<Posting> Build(IEnumerable<PostingDraft> drafts, List<FieldIssue> issues)
    {
        var (postings, problems) = PostingDraft.BuildAll(drafts);
        issues.AddRange(problems);
        return postings;
    }
}
