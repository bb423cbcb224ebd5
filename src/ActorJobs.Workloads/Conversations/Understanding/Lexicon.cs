using System.Collections.Frozen;

namespace ActorJobs.Workloads.Conversations;

/// <summary>What the words of a language do, beside those of the catalogue. All words are folded; a phrase is words with spaces between.</summary>
internal sealed partial class Lexicon
{
    private Lexicon(string acts, string numbers, string words)
    {
        Acts = Lines(acts).SelectMany(line => line.Phrases.Select(phrase => (phrase, Act: Enum.Parse<Acts>(line.Name)))).ToLookup(item => item.phrase, item => item.Act)
            .ToFrozenDictionary(group => group.Key, group => group.Aggregate((all, act) => all | act), StringComparer.Ordinal);
        Numbers = Lines(numbers).SelectMany(line => line.Phrases.Select(phrase => (phrase, line.Name)))
            .ToFrozenDictionary(item => item.phrase, item => decimal.Parse(item.Name, System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
        var sorts = Lines(words).ToDictionary(line => line.Name, line => line.Phrases.ToFrozenSet(StringComparer.Ordinal));
        (More, Remove, And, Of, Article, CouponWords, Common) =
            (sorts["more"], sorts["remove"], sorts["and"], sorts["of"], sorts["article"], sorts["coupon"], sorts["common"]);
        Dozen = sorts["dozen"];
        Half = sorts["half"];
        LongestPhrase = Acts.Keys.Max(phrase => phrase.Count(letter => letter == ' ') + 1);
        Known = [.. Acts.Keys.SelectMany(phrase => phrase.Split(' ')), .. Numbers.Keys, .. sorts.Values.SelectMany(sort => sort)];
    }

    /// <summary>Phrases that do something.</summary>
    public FrozenDictionary<string, Acts> Acts { get; }

    /// <summary>Numbers as words.</summary>
    public FrozenDictionary<string, decimal> Numbers { get; }

    /// <summary>Before a quantity: so many more.</summary>
    public FrozenSet<string> More { get; }

    /// <summary>Before goods: none of them.</summary>
    public FrozenSet<string> Remove { get; }

    public FrozenSet<string> And { get; }

    /// <summary>Between a unit and its goods.</summary>
    public FrozenSet<string> Of { get; }

    /// <summary>One, when a unit follows.</summary>
    public FrozenSet<string> Article { get; }

    public FrozenSet<string> Dozen { get; }

    public FrozenSet<string> Half { get; }

    /// <summary>Before the word of a coupon.</summary>
    public FrozenSet<string> CouponWords { get; }

    /// <summary>Frequent words that do nothing here but show the language, and are never taken for misspelt goods.</summary>
    public FrozenSet<string> Common { get; }

    /// <summary>The most words in a phrase of <see cref="Acts"/>.</summary>
    public int LongestPhrase { get; }

    /// <summary>Every word of the language that is known here.</summary>
    public HashSet<string> Known { get; }

    public static Lexicon For(Language language) => language switch
    {
        Language.Pt => Portuguese,
        Language.Es => Spanish,
        _ => English,
    };

    private static IEnumerable<(string Name, string[] Phrases)> Lines(string table) =>
        from line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let parts = line.Split(':', 2, StringSplitOptions.TrimEntries)
        select (parts[0], parts[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
