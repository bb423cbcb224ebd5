using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>A description in two forms: harmless HTML and plain text.</summary>
/// <param name="Html">Only elements of a short list, no attributes but checked link targets; balanced, so it cannot spill into the page around it.</param>
/// <param name="Text">The words, one line per block.</param>
internal sealed record SafeHtml(string Html, string Text)
{
    private const int MaxHtml = 64_000;
    private const int MaxText = 32_000;
    private const int MaxDepth = 64;

    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "br", "ul", "ol", "li", "strong", "b", "em", "i", "h1", "h2", "h3", "h4", "h5", "h6", "a", "blockquote", "code", "pre", "dl", "dt", "dd",
    };

    // gone with all that is in them
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "template", "noscript", "iframe", "frame", "frameset", "object", "embed", "applet", "svg", "math", "form", "button", "input",
        "select", "textarea", "head", "title", "link", "meta", "base", "audio", "video", "canvas", "nav", "header", "footer", "xmp", "plaintext", "noembed",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "br", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dl", "dt", "dd", "div", "section", "article", "table", "tr", "main",
    };

    /// <summary>Makes markup or plain text harmless. Text that is markup written with character references is taken as the markup it stands for.</summary>
    public static SafeHtml FromMarkup(string markup, Uri page)
    {
        if (!markup.Contains('<', StringComparison.Ordinal) && markup.Contains("&lt;", StringComparison.Ordinal))
            markup = WebUtility.HtmlDecode(markup);
        if (NestingLimit.IsExceeded(markup))
            markup = "";
        if (!markup.Contains('<', StringComparison.Ordinal))
            markup = string.Concat(markup.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => $"<p>{line}</p>"));
        using var document = new HtmlParser().ParseDocument("<body>" + markup);
        return FromElement(document.Body!, page);
    }

    public static SafeHtml FromElement(IElement element, Uri page) => FromNodes(element.ChildNodes, page);

    public static SafeHtml FromNodes(IEnumerable<INode> nodes, Uri page)
    {
        var writer = new Writer(page);
        foreach (var node in nodes)
            writer.Write(node, 0);
        return new SafeHtml(writer.Html, writer.Text);
    }

    private sealed class Writer(Uri page)
    {
        private readonly StringBuilder html = new();
        private readonly StringBuilder text = new();

        public string Html => html.ToString().Trim();

        public string Text => text.ToString().Trim();

        public void Write(INode node, int depth)
        {
            if (depth > MaxDepth || html.Length > MaxHtml || text.Length > MaxText)
                return;
            if (node is IText words)
                WriteText(words.Data);
            else if (node is IElement element && !Dropped.Contains(element.LocalName))
                WriteElement(element, depth);
        }

        private void WriteElement(IElement element, int depth)
        {
            var name = element.LocalName;
            if (Blocks.Contains(name))
                BreakLine();
            if (name == "br")
            {
                html.Append("<br>");
                return;
            }

            var keeps = Kept.Contains(name);
            if (keeps)
                html.Append('<').Append(name).Append(name == "a" ? Target(element) : "").Append('>');
            if (name == "li")
                text.Append("- ");
            foreach (var child in element.ChildNodes)
                Write(child, depth + 1);
            if (keeps)
                html.Append("</").Append(name).Append('>');
            if (Blocks.Contains(name))
                BreakLine();
        }

        private void WriteText(string data)
        {
            var room = Math.Max(0, Math.Min(MaxHtml - html.Length, MaxText - text.Length));
            var piece = CollapsedText.Of(data.Length > room ? data[..room] : data);
            if (piece.Length == 0)
                return;
            html.Append(WebUtility.HtmlEncode(piece));
            var continues = text.Length > 0 && char.IsWhiteSpace(text[^1]);
            text.Append(continues ? piece.TrimStart() : piece);
        }

        private void BreakLine()
        {
            while (text.Length > 0 && text[^1] == ' ')
                text.Length--;
            if (text.Length > 0 && text[^1] != '\n')
                text.Append('\n');
        }

        private string Target(IElement link) =>
            Uri.TryCreate(page, link.GetAttribute("href") ?? "", out var target) && target.Scheme is "http" or "https" or "mailto"
                ? $" href=\"{WebUtility.HtmlEncode(target.AbsoluteUri)}\" rel=\"nofollow noopener noreferrer\""
                : "";
    }
}
