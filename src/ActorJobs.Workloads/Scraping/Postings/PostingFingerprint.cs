using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.Workloads.Scraping.Postings;

/// <summary>
/// Recognises a posting that is published at more than one address: the same company looks for the same title in the same places with the same words.
/// Case, punctuation and white space do not count, nor does the order of places.
/// </summary>
internal static class PostingFingerprint
{
    private const int WordsCounted = 200;

    public static string Of(Posting posting)
    {
        var text = string.Join('\n',
            Normalise(posting.Company),
            Normalise(posting.Title),
            string.Join('|', posting.Locations.Select(Normalise).Order(StringComparer.Ordinal)),
            string.Join(' ', Normalise(posting.DescriptionText).Split(' ').Take(WordsCounted)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    private static string Normalise(string? text)
    {
        var result = new StringBuilder();
        foreach (var c in text ?? "")
        {
            if (char.IsLetterOrDigit(c))
                result.Append(char.ToLowerInvariant(c));
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }

        return result.ToString().Trim();
    }
}
