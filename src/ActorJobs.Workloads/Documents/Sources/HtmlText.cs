using System.Text;
using ActorJobs.Workloads.Scraping.Parsing;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// What an HTML page says, as plain text: a line per block and headings marked as in Markdown, so that passages end where the page's sections do.
/// Scripts, styles, navigation and forms say nothing about the page's subject.
/// </summary>
internal static class HtmlText
{
    /// <exception cref="InvalidDataException">The page is nested too deeply to be parsed safely.</exception>
    public static IEnumerable<SourceDocument> Read(string html, string fileId)
    {
        if (NestingLimit.IsExceeded(html))
            throw new InvalidDataException("The page's elements are nested too deeply.");
        using var page = new HtmlParser().ParseDocument(html);
        var text = new StringBuilder();
        // what a page marks as its subject leaves out what all pages of a site repeat
        Append(page.QuerySelector("main, article, [role=main]") ?? page.Body ?? page.DocumentElement, text);
        var title = Collapsed(page.Title ?? "") is { Length: > 0 } named ? named
            : Collapsed(page.QuerySelector("h1")?.TextContent ?? "") is { Length: > 0 } heading ? heading
            : Path.GetFileNameWithoutExtension(fileId);
        return [new SourceDocument(fileId, title, text.ToString().Trim())];
    }

    private static void Append(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words)
                AppendWords(words.Data, IsPreformatted(words), text);
            else if (child is IElement element && !SaysNothing(element))
                AppendElement(element, text);
        }
    }

    private static void AppendElement(IElement element, StringBuilder text)
    {
        if (element is IHtmlBreakRowElement)
        {
            EndLine(text, blank: false);
            return;
        }

        var isBlock = IsBlock(element);
        var isHeading = element is IHtmlHeadingElement;
        if (isBlock)
            EndLine(text, blank: isHeading || element is IHtmlParagraphElement);
        if (isHeading)
            text.Append('#', element.LocalName[1] - '0').Append(' ');
        else if (element.LocalName == "li")
            text.Append("- ");
        Append(element, text);
        if (isBlock)
            EndLine(text, blank: isHeading || element is IHtmlParagraphElement);
        else if (element.LocalName is "td" or "th")
            text.Append(' ');
    }

    private static void AppendWords(string words, bool isPreformatted, StringBuilder text)
    {
        foreach (var character in words)
        {
            if (!char.IsWhiteSpace(character))
                text.Append(character);
            else if (isPreformatted && character == '\n')
                EndLine(text, blank: false);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
                text.Append(' ');
        }
    }

    // at most one blank line between two blocks
    private static void EndLine(StringBuilder text, bool blank)
    {
        while (text.Length > 0 && text[^1] == ' ')
            text.Length--;
        if (text.Length > 0 && text[^1] != '\n')
            text.Append('\n');
        if (blank && text.Length > 1 && text[^2] != '\n')
            text.Append('\n');
    }

    private static bool IsPreformatted(INode node) => node.ParentElement?.Closest("pre") is not null;

    private static bool IsBlock(IElement element) => element.LocalName
        is "p" or "div" or "section" or "article" or "main" or "ul" or "ol" or "li" or "dl" or "dt" or "dd" or "table" or "tr" or "thead" or "tbody"
        or "blockquote" or "pre" or "figure" or "figcaption" or "details" or "summary" or "address" or "hr"
        or "h1" or "h2" or "h3" or "h4" or "h5" or "h6";

    private static bool SaysNothing(IElement element) =>
        element.LocalName is "script" or "style" or "noscript" or "template" or "nav" or "form" or "button" or "select" or "iframe" or "svg" or "canvas" or "head"
        || element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") == "true";

    private static string Collapsed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
