using System.Globalization;
using System.Text;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>Words as they are searched for: runs of letters and digits in lower case, Latin letters without their accents.</summary>
internal static class SearchWords
{
    private const int MaxWord = 200;

    // a table, because a process without cultures (as the node is) has no decomposition of Unicode either
    private const string Accented = "àáâãäåāăąçćĉċčďèéêëēĕėęěĝğġģĥìíîïĩīĭįĵķĺļľñńņňòóôõöōŏőơŕŗřśŝşšșţťțùúûüũūŭůűųưŵýÿŷźżž";
    private const string Plain = "aaaaaaaaacccccdeeeeeeeeegggghiiiiiiiijklllnnnnooooooooorrrssssstttuuuuuuuuuuuwyyyzzz";

    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var c in StorableText.Of(text))
        {
            var category = char.GetUnicodeCategory(c);
            // a combining accent belongs to its letter, and the letter is enough
            if (category is UnicodeCategory.NonSpacingMark)
                continue;
            if (char.IsLetterOrDigit(c) || category is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.Surrogate)
            {
                if (word.Length < MaxWord)
                    word.Append(WithoutAccent(char.ToLowerInvariant(c)));
                continue;
            }

            if (word.Length > 0)
                yield return word.ToString();
            word.Clear();
        }

        if (word.Length > 0)
            yield return word.ToString();
    }

    private static char WithoutAccent(char letter) => Accented.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? Plain[at] : letter;
}
