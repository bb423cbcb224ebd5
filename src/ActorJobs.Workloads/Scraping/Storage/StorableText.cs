using System.Text;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>Text as every database takes it: a page may hold U+0000 and halves of surrogate pairs, a text in UTF-8 may not.</summary>
internal static class StorableText
{
    public static string Of(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            text = text.Replace("\0", "", StringComparison.Ordinal);
        // the encoder replaces halves; most texts have none and are not copied
        return text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }
}
