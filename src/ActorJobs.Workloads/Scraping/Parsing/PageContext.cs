using ActorJobs.Workloads.Scraping.Crawling;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>A page's tree, and what all ways of reading it need.</summary>
internal sealed class PageContext(IHtmlDocument document, Uri url)
{
    public IHtmlDocument Document => document;

    public Uri Url => url;

    /// <summary>What relative links are relative to: <c>base</c>, if it stays on the web.</summary>
    public Uri Base { get; } =
        Uri.TryCreate(url, document.QuerySelector("base[href]")?.GetAttribute("href") ?? "", out var found) && found.Scheme is "http" or "https" ? found : url;

    /// <summary>The page's declared address, if it is on the same host: another host's would let a page overwrite that one's postings.</summary>
    public Uri Canonical =>
        Link(document.QuerySelector("link[rel~='canonical' i]")) is { } declared && declared.Host == url.Host ? CanonicalUrl.Of(declared) : CanonicalUrl.Of(url);

    /// <summary>The declared language, without region.</summary>
    public string? Language
    {
        get
        {
            var declared = document.DocumentElement.GetAttribute("lang") ?? document.QuerySelector("meta[http-equiv='content-language' i]")?.GetAttribute("content");
            var primary = declared?.Split('-', '_', ',')[0].Trim().ToLowerInvariant();
            return primary is { Length: 2 } && primary.All(char.IsAsciiLetter) ? primary : null;
        }
    }

    public PageFacts Facts => new(url, Canonical, Language);

    /// <summary>The address an element's <c>href</c> leads to on the web.</summary>
    public Uri? Link(IElement? element) => Resolve(element?.GetAttribute("href"));

    public Uri? Resolve(string? reference) =>
        !string.IsNullOrWhiteSpace(reference) && reference.Length <= CanonicalUrl.MaxLength && Uri.TryCreate(Base, reference.Trim(), out var target)
            && target.Scheme is "http" or "https" && !CanonicalUrl.IsTooLong(target)
            ? target
            : null;

    /// <summary>The first link that looks like "apply".</summary>
    public Uri? ApplyLink(IParentNode within) =>
        Link(within.QuerySelectorAll("a[href]").FirstOrDefault(link =>
            CollapsedText.Of(link) is { Length: < 60 } text && ApplyWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))));

    private static readonly string[] ApplyWords = ["apply", "bewerben", "postuler", "solicitar"];
}
