using AngleSharp.Dom;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// How much text of a page's elements is still read as values. The text of an element is that of all in it, so a property within a property within a property costs
/// the page once for each: two thousand of them would be gigabytes.
/// </summary>
internal sealed class MarkupBudget
{
    private const int MaxCharacters = 8 * 1024 * 1024;
    private int left = MaxCharacters;

    /// <summary>The text and, of an element with elements in it, the markup; nothing once the budget is used up.</summary>
    public SchemaValue Read(IElement element, Func<IElement, string> textOf)
    {
        if (left <= 0)
            return new SchemaValue(null, null);
        var value = new SchemaValue(textOf(element), null, element.ChildElementCount > 0 ? element.InnerHtml : null);
        left -= value.Text!.Length + (value.Html?.Length ?? 0);
        return value;
    }
}
