namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// Reads goods and their quantities out of a text, from left to right: a number waits for the goods behind it (<c>10 sacks of cement</c>), goods without
/// one wait for the number behind them (<c>cement: 10</c>). One scan per message; nothing is shared.
/// </summary>
internal sealed class OrderScan(GoodsIndex goods, Lexicon lexicon, Language language, IReadOnlyList<Token> tokens)
{
    // sizes of goods, not how many of them
    private static readonly HashSet<string> Measures = new(["kg", "kilo", "g", "mm", "cm", "l", "lt", "litro", "litre", "liter", "furo", "hueco", "hole"], StringComparer.Ordinal);

    private readonly List<Found> found = [];
    private readonly string[] words =
    [
        .. tokens.Select(token => token.Kind != TokenKind.Word || lexicon.Known.Contains(token.Text) ? token.Text : goods.Mended(FoldedText.Singular(token.Text))),
    ];

    private WishChange change = WishChange.Set;
    private decimal? number;
    private string? unit;
    private bool canFill; // whether a number belongs to the goods before it

    /// <summary>The goods in the order they were named.</summary>
    public IReadOnlyList<Wish> Wishes =>
    [
        .. found.Select(item => new Wish(item.Change, item.Said, [.. item.Skus.Select(sku => goods.Option(sku, item.Number, item.Unit))])),
    ];

    /// <summary>A number that no goods were named for.</summary>
    public (decimal? Number, string? Unit) Left => (number, unit);

    public OrderScan Run()
    {
        for (var at = 0; at < tokens.Count; at += Step(at))
        {
        }

        return this;
    }

    /// <summary>Takes in what stands at a place, and says how many tokens that was.</summary>
    private int Step(int at)
    {
        var word = tokens[at].Text;
        // a phrase for goods may begin with a number: 8 mm rebar
        if (goods.ItemAt(words, at) is { Length: > 0 } item && (tokens[at].Kind == TokenKind.Word || item.Length > 1))
            return Name(item.Skus, string.Join(' ', words.Skip(at).Take(item.Length)), item.Length);
        if (tokens[at].Kind == TokenKind.Numeral && tokens[at].Number(language) is null)
            return NoCount();
        if (NumberAt(at) is { Length: > 0 } count)
            return Count(count.Number, at, count.Length);
        if (goods.UnitAt(words, at) is { Length: > 0 } measure)
            return Measure(measure.Unit!, at, measure.Length);
        if (tokens[at].Kind == TokenKind.Break)
            canFill = false;
        else if (lexicon.And.Contains(word))
            canFill = false;
        else if (lexicon.Remove.Contains(word))
            change = WishChange.Remove;
        else if (lexicon.More.Contains(word))
            change = WishChange.Add;
        return 1;
    }

    private int Name(IReadOnlyList<string> skus, string said, int length)
    {
        found.Add(new Found { Change = change, Said = said, Skus = skus, Number = number, Unit = unit });
        canFill = number is null;
        (number, unit) = (null, null);
        // "remove cement and sand" is about both; "add 5 cement, 3 sand" too
        return length;
    }

    private int Count(decimal count, int at, int length)
    {
        if (at + length < words.Length && Measures.Contains(words[at + length]))
            return length + 1;
        if (canFill && found is [.., { Number: null } open])
        {
            open.Number = count;
            canFill = true;
        }
        else
        {
            (number, unit) = (count, null);
            canFill = false;
        }

        // "no cement, 5 sand": a number says that these are wanted
        if (change == WishChange.Remove && !(canFill && found is [.., { Change: WishChange.Remove }]))
            change = WishChange.Set;
        return length;
    }

    // how many is not known, so it is asked about, and certainly nothing is taken off
    private int NoCount()
    {
        (number, unit, canFill) = (null, null, false);
        if (change == WishChange.Remove)
            change = WishChange.Set;
        return 1;
    }

    private int Measure(string name, int at, int length)
    {
        if (number is not null)
            unit ??= name;
        else if (canFill && found is [.., { Number: not null, Unit: null } last])
            last.Unit = name;
        else if (at > 0 && lexicon.Article.Contains(tokens[at - 1].Text))
            (number, unit) = (1, name);
        return length;
    }

    /// <summary>A number at a place, in digits or words, with what belongs to it: dozen, a half.</summary>
    private (decimal Number, int Length) NumberAt(int at)
    {
        var (value, length) = SimpleAt(at);
        if (length == 0)
            return (0, 0);
        // half a dozen, meia dúzia
        var next = at + length;
        if (next < tokens.Count && lexicon.Article.Contains(tokens[next].Text) && next + 1 < tokens.Count && lexicon.Dozen.Contains(tokens[next + 1].Text))
            return (value * 12, length + 2);
        if (next < tokens.Count && lexicon.Dozen.Contains(tokens[next].Text))
            return (value * 12, length + 1);
        // two and a half, dois e meio
        if (next + 1 < tokens.Count && lexicon.And.Contains(tokens[next].Text))
        {
            var half = lexicon.Article.Contains(tokens[next + 1].Text) && next + 2 < tokens.Count ? next + 2 : next + 1;
            if (lexicon.Half.Contains(tokens[half].Text))
                return (value + 0.5m, half - at + 1);
        }

        return (value, length);
    }

    private (decimal Number, int Length) SimpleAt(int at)
    {
        var token = tokens[at];
        if (token.Kind == TokenKind.Numeral)
            return token.Number(language) is { } numeral ? (numeral, 1) : (0, 0);
        if (lexicon.Half.Contains(token.Text))
            return (0.5m, 1);
        if (lexicon.Dozen.Contains(token.Text))
            return (12, 1);
        if (!lexicon.Numbers.TryGetValue(token.Text, out var value))
            return (0, 0);
        // two hundred, dois mil: a bigger word behind multiplies
        return at + 1 < tokens.Count && lexicon.Numbers.TryGetValue(tokens[at + 1].Text, out var bigger) && bigger >= 100 && bigger > value
            ? (value * bigger, 2)
            : (value, 1);
    }

    private sealed class Found
    {
        public required WishChange Change { get; init; }

        public required string Said { get; init; }

        public required IReadOnlyList<string> Skus { get; init; }

        public decimal? Number { get; set; }

        public string? Unit { get; set; }
    }
}
