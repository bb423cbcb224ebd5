using System.Collections.Frozen;

namespace ActorJobs.Workloads.Conversations;

/// <summary>The words of a catalogue's items and units, as phrases of folded singular words. All languages together: people mix them.</summary>
internal sealed class GoodsIndex
{
    private const int LongestPhrase = 6;

    private readonly Catalogue catalogue;
    private readonly FrozenDictionary<string, string[]> items; // phrase -> skus
    private readonly FrozenDictionary<string, string> units; // phrase -> unit
    private readonly string[] vocabulary;
    private readonly FrozenSet<string> vocabularySet;

    public GoodsIndex(Catalogue catalogue)
    {
        this.catalogue = catalogue;
        items = (from item in catalogue.Items
                 from phrase in PhrasesOf(item)
                 group item.Sku by phrase).ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray(), StringComparer.Ordinal);
        units = (from unit in catalogue.Units
                 from word in unit.Words.Values.SelectMany(words => words)
                 group unit.Name by Normal(word)).ToFrozenDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        vocabulary = [.. items.Keys.Concat(units.Keys).SelectMany(phrase => phrase.Split(' ')).Where(word => word.Length >= 4 && char.IsLetter(word[0])).Distinct()];
        vocabularySet = vocabulary.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The longest phrase from a place on that names goods.</summary>
    public (IReadOnlyList<string> Skus, int Length) ItemAt(IReadOnlyList<string> words, int at) => Longest(items, words, at, []);

    /// <summary>The longest phrase from a place on that names a unit.</summary>
    public (string? Unit, int Length) UnitAt(IReadOnlyList<string> words, int at) => Longest<string?>(units!, words, at, null);

    /// <summary>How many words of one language's names for goods and units there are.</summary>
    public int Count(IEnumerable<string> words, Language language)
    {
        var known = wordsByLanguage ??= Enum.GetValues<Language>().ToFrozenDictionary(each => each, WordsIn);
        return words.Count(known[language].Contains);
    }

    /// <summary>The word of the catalogue that a misspelt one stands for, if exactly one is closest.</summary>
    public string Mended(string word)
    {
        if (word.Length < 4 || vocabularySet.Contains(word))
            return word;
        var most = word.Length < 7 ? 1 : 2;
        var near = (from known in vocabulary
                    where known.Length >= 4 && (word[0] == known[0] || word.Length > 5)
                    let slips = EditDistance.Within(word, known, most)
                    where slips is not null
                    orderby slips
                    select (known, slips)).Take(2).ToArray();
        return near is [var best] || (near is [var first, var second] && first.slips < second.slips) ? near[0].known : word;
    }

    /// <summary>All that is needed to talk about an item, with so many of it if it comes in that unit.</summary>
    public ItemOption Option(string sku, decimal? number, string? unit)
    {
        var item = catalogue.Item(sku)!;
        var own = catalogue.Unit(item.Unit);
        var option = new ItemOption(sku, item.Name, In(own, 1), In(own, 2), null) { Unit = item.Unit, Packs = item.Packs, Step = item.Step };
        return number is { } count ? option with { Quantity = option.InOwnUnit(count, unit) } : option;

        static LocalText In(UnitOfSale unit, decimal quantity) =>
            new(unit.For(quantity, Language.En), unit.For(quantity, Language.Pt), unit.For(quantity, Language.Es));
    }

    /// <summary>Folded singular words with spaces between.</summary>
    public static string Normal(string phrase) =>
        string.Join(' ', Token.Of(FoldedText.Fold(phrase)).Where(token => token.Kind != TokenKind.Break).Select(token => FoldedText.Singular(token.Text)));

    private FrozenDictionary<Language, FrozenSet<string>>? wordsByLanguage; // made once by whoever needs it first; making it twice does no harm

    private FrozenSet<string> WordsIn(Language language) =>
        catalogue.Items.SelectMany(item => item.Words[language].Append(item.Name.In(language)))
            .Concat(catalogue.Units.SelectMany(unit => unit.Words[language]))
            .SelectMany(phrase => Normal(phrase).Split(' ')).Where(word => word.Length > 2 && char.IsLetter(word[0])).ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<string> PhrasesOf(CatalogueItem item) =>
        item.Words.Values.SelectMany(words => words).Concat([item.Name.En, item.Name.Pt, item.Name.Es, item.Sku]).Select(Normal)
            .Where(phrase => phrase.Length > 0).Distinct(StringComparer.Ordinal);

    private static (T Found, int Length) Longest<T>(FrozenDictionary<string, T> phrases, IReadOnlyList<string> words, int at, T none)
    {
        for (var length = Math.Min(LongestPhrase, words.Count - at); length > 0; length--)
        {
            if (phrases.TryGetValue(string.Join(' ', words.Skip(at).Take(length)), out var found))
                return (found, length);
        }

        return (none, 0);
    }
}
