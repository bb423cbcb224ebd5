using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// Understands what customers write, by rules over a catalogue: the language, what the words do, goods with quantities, postal codes, coupons. Pure; the
/// same text and catalogue always give the same reading.
/// </summary>
internal sealed class MessageReader
{
    private const int MaxText = 4_096;

    private readonly Catalogue catalogue;
    private readonly GoodsIndex goods;
    private readonly Regex postalCode;

    public MessageReader(Catalogue catalogue)
    {
        this.catalogue = catalogue;
        goods = new GoodsIndex(catalogue);
        var pattern = string.Concat(catalogue.PostalCode.Pattern.Select(letter => letter == '#' ? @"\d" : Regex.Escape(letter.ToString()) + "?"));
        postalCode = new Regex($@"\b{pattern}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>Reads a message of any sort.</summary>
    public Readings Read(InboundMessage message) => message switch
    {
        { Kind: InboundKind.Choice, Choice: { } choice } when ReadChoice(choice) is { SaysNothing: false } reading => Readings.Of(reading),
        { Kind: InboundKind.Location } => Readings.Of(ReadLocation()),
        { Text: { } text } => new(Read(text), Read(text, Language.En), Read(text, Language.Pt), Read(text, Language.Es)),
        _ => Readings.Of(new Reading()),
    };

    /// <summary>Reads a text.</summary>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="hint">The language spoken so far, for texts that show none.</param>
    public Reading Read(string text, Language? hint = null)
    {
        var folded = FoldedText.Fold(text.Length > MaxText ? text[..MaxText] : text);
        var language = LanguageOf(Token.Of(folded), hint);
        var lexicon = Lexicon.For(language ?? hint ?? catalogue.Language);
        var (code, rest) = PostalCodeIn(folded);
        var tokens = Token.Of(rest);
        var scan = new OrderScan(goods, lexicon, language ?? hint ?? catalogue.Language, tokens).Run();
        var wishes = scan.Wishes;
        var coupon = CouponIn(tokens, lexicon);
        return new Reading
        {
            Language = language,
            Acts = ActsIn([.. tokens.Where(token => token.Kind != TokenKind.Break)], lexicon, wishes.Count > 0),
            Wishes = wishes,
            Number = wishes.Count == 0 && coupon is null && code is null && tokens.Count <= 6 ? scan.Left.Number : null,
            NumberUnit = scan.Left.Unit,
            PostalCode = code,
            Coupon = coupon,
        };
    }

    /// <summary>Reads a tap on a button or a line of a list, by the id it was sent with.</summary>
    public Reading ReadChoice(string id) => id.Split(':', 2) switch
    {
        ["act", var act] when Enum.TryParse<Acts>(act, out var known) && !char.IsAsciiDigit(act[0]) => new Reading { Acts = known },
        ["item", var sku] when catalogue.Item(sku) is not null => new Reading { Picked = sku, Wishes = [new(WishChange.Set, sku, [goods.Option(sku, null, null)])] },
        _ => new Reading(),
    };

    /// <summary>A location on a map has no postal code: it says where without saying what delivery costs.</summary>
    public static Reading ReadLocation() => new() { Acts = Acts.ChangeAddress };

    private Language? LanguageOf(List<Token> tokens, Language? hint)
    {
        var words = tokens.Where(token => token.Kind == TokenKind.Word).Select(token => token.Text).ToArray();
        var singular = words.Select(FoldedText.Singular).ToArray();
        var scores = Enum.GetValues<Language>()
            .Select(language => (language, score: words.Count(Lexicon.For(language).Known.Contains) + goods.Count(singular, language)))
            .OrderByDescending(item => item.score).ThenByDescending(item => item.language == hint).ToArray();
        // a word or two in another language do not change the language of a conversation
        var ahead = hint is null || scores[0].language == hint ? 1 : 2;
        if (scores[0].score == 0)
            return null;
        return scores[0].score - scores[1].score >= ahead || scores[0].language == hint ? scores[0].language : hint is null ? Tied(scores) : hint;
    }

    private Language Tied((Language Language, int Score)[] scores) =>
        scores.Where(item => item.Score == scores[0].Score).Any(item => item.Language == catalogue.Language) ? catalogue.Language : scores[0].Language;

    // digits alone may be a quantity: they are a code only when no goods stand behind them
    private (string? Digits, string Others) PostalCodeIn(string folded)
    {
        foreach (Match match in postalCode.Matches(folded))
        {
            var rest = string.Concat(folded.AsSpan(0, match.Index), "\n", folded.AsSpan(match.Index + match.Length));
            if (match.Length == catalogue.PostalCode.Pattern.Length && catalogue.PostalCode.Pattern.Length > catalogue.PostalCode.Digits)
                return (string.Concat(match.Value.Where(char.IsAsciiDigit)), rest);
            var behind = Token.Of(folded[(match.Index + match.Length)..]).Take(3).Select(token => FoldedText.Singular(token.Text)).ToArray();
            if (!Enumerable.Range(0, behind.Length).Any(at => goods.ItemAt(behind, at).Length > 0 || goods.UnitAt(behind, at).Length > 0))
                return (string.Concat(match.Value.Where(char.IsAsciiDigit)), rest);
        }

        return (null, folded);
    }

    private string? CouponIn(List<Token> tokens, Lexicon lexicon)
    {
        foreach (var token in tokens)
        {
            if (catalogue.Discounts.Coupon(token.Text) is { } coupon)
                return coupon.Code;
        }

        for (var at = 0; at < tokens.Count - 1; at++)
        {
            // the word behind, if it could be one: not "coupon please"
            if (lexicon.CouponWords.Contains(tokens[at].Text) && tokens[at + 1] is { Kind: TokenKind.Word, Text.Length: >= 3 and <= 30 } said
                && !lexicon.Known.Contains(said.Text))
                return said.Text.ToUpperInvariant();
        }

        return null;
    }

    private static Acts ActsIn(List<Token> tokens, Lexicon lexicon, bool hasGoods)
    {
        var acts = Acts.None;
        for (var at = 0; at < tokens.Count;)
        {
            var (act, length) = ActAt(tokens, lexicon, at);
            // "cancel the cement" takes cement off; asking for an end of messages is a message of its own
            if (act is not (Acts.OptOut or Acts.OptIn) || tokens.Count <= length + 1)
                acts |= act;
            at += Math.Max(1, length);
        }

        if (hasGoods)
            acts &= ~(Acts.Decline | Acts.Done | Acts.Help | Acts.ShowOrder);
        return acts;
    }

    private static (Acts Act, int Length) ActAt(List<Token> tokens, Lexicon lexicon, int at)
    {
        for (var length = Math.Min(lexicon.LongestPhrase, tokens.Count - at); length > 0; length--)
        {
            if (!lexicon.Acts.TryGetValue(string.Join(' ', tokens.Skip(at).Take(length).Select(token => token.Text)), out var act))
                continue;
            // "no" in the middle of a sentence belongs to something else: no Brás, no cement
            return act == Acts.No && length == 1 && at > 0 ? (Acts.None, 1) : (act, length);
        }

        return (Acts.None, 0);
    }
}
