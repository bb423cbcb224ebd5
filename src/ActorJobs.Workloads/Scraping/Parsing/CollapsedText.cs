using System.Text;
using AngleSharp.Dom;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>Text with runs of white space as one space, as a page shows it.</summary>
internal static class CollapsedText
{
    public static string Of(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            // control characters are nothing a page shows: they would only end in files and terminals
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                result.Append(c);
            else if (result.Length == 0 || result[^1] != ' ')
                result.Append(' ');
        }

        return result.ToString();
    }

    /// <summary>An element's words; null when there is no element or it has none.</summary>
    public static string? Of(IElement? element)
    {
        var text = element is null ? "" : Of(element.TextContent).Trim();
        return text.Length == 0 ? null : text;
    }
}
