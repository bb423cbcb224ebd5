using System.Globalization;
using System.Text;

namespace ActorJobs.Workloads.Scraping.Postings;

/// <summary>The last posting of a page: its number, and its rank when the list is by relevance.</summary>
internal sealed record PostingCursor(double Rank, long Id)
{
    public override string ToString() =>
        System.Buffers.Text.Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Rank:R}_{Id}")));

    public static bool TryParse(string text, out PostingCursor? cursor)
    {
        cursor = null;
        if (text.Length > 100 || !System.Buffers.Text.Base64Url.IsValid(text))
            return false;
        var parts = Encoding.ASCII.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text)).Split('_');
        if (parts.Length != 2
            || !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var rank)
            || !double.IsFinite(rank)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return false;
        cursor = new PostingCursor(rank, id);
        return true;
    }
}
