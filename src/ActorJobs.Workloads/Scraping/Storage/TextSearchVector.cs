using System.Globalization;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>A posting as a <c>tsvector</c>: made here and not by the database, so that words are parted as SQLite's <c>unicode61</c> parts them.</summary>
internal static class TextSearchVector
{
    // of PostgreSQL: positions beyond are not told apart, further ones of a word are dropped
    private const int MaxPosition = 16_383;
    private const int MaxPositions = 256;

    /// <summary>Title first (A), skills (B), company and places (C), then the text (D).</summary>
    public static string Of(Posting posting)
    {
        var places = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var position = 0;
        Add(posting.Title, 'A');
        Add(string.Join("; ", posting.Enrichment?.Skills ?? []), 'B');
        Add(posting.Company, 'C');
        Add(string.Join("; ", posting.Locations), 'C');
        Add(posting.DescriptionText, 'D');
        return string.Join(' ', places.Select(word => $"'{word.Key}':{string.Join(',', word.Value)}"));

        void Add(string? text, char weight)
        {
            foreach (var word in SearchWords.Of(text ?? ""))
            {
                position = Math.Min(position + 1, MaxPosition);
                if (!places.TryGetValue(word, out var known))
                    places[word] = known = [];
                if (known.Count < MaxPositions)
                    known.Add(string.Create(CultureInfo.InvariantCulture, $"{position}{weight}"));
            }

            // a phrase does not go from one field into the next
            position = Math.Min(position + 1, MaxPosition);
        }
    }
}
