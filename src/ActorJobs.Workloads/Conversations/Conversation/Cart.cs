using System.Collections.Immutable;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Goods of an order while a message changes them. Pure.</summary>
/// <param name="Lines">What is clear.</param>
/// <param name="Open">What has to be asked about.</param>
internal sealed record Cart(ImmutableList<CartLine> Lines, ImmutableList<Wish> Open)
{
    // an order of more lines is a spreadsheet, and a person's work
    private const int MaxLines = 50;
    private const decimal MaxQuantity = 1_000_000;

    public static Cart Of(ConversationState state) => new([.. state.Cart], [.. state.Open]);

    /// <summary>Takes in what a customer wants.</summary>
    public Cart With(Wish wish)
    {
        // "the rebar": one of them is in the order, and that is the one that is meant
        var options = wish.Options.Count > 1 && wish.Options.Where(option => Lines.Any(line => line.Sku == option.Sku)).ToArray() is [var known] ? [known] : wish.Options;
        if (wish.Change == WishChange.Remove)
            return new(Lines.RemoveAll(line => options.Any(option => option.Sku == line.Sku)), WithoutOpen(options));
        return options is [{ Quantity: { } quantity } only] && IsPossible(only, quantity, wish.Change)
            ? Set(only, quantity, wish.Change)
            : Ask(wish with { Options = options });
    }

    /// <summary>Answers the first open question with a quantity.</summary>
    public Cart Answer(decimal number, string? unit)
    {
        if (Open is not [{ Options: [var option] } wish, ..])
            return this;
        return option.InOwnUnit(number, unit) is { } quantity && IsPossible(option, quantity, wish.Change)
            ? (this with { Open = Open.RemoveAt(0) }).Set(option, quantity, wish.Change)
            : this with { Open = Open.SetItem(0, wish with { Options = [option with { Quantity = option.InOwnUnit(number, unit) }] }) };
    }

    /// <summary>Answers the first open question with one of its items.</summary>
    public Cart Pick(string sku)
    {
        if (Open is not [var wish, ..] || wish.Options.FirstOrDefault(option => option.Sku == sku) is not { } picked)
            return this;
        return (this with { Open = Open.RemoveAt(0) }).With(wish with { Options = [picked] });
    }

    /// <summary>Answers the first open question with the number of one of its items in the list, from 1.</summary>
    public Cart Pick(int position) =>
        Open is [var wish, ..] && position >= 1 && position <= wish.Options.Count ? Pick(wish.Options[position - 1].Sku) : this;

    /// <summary>Another quantity of the goods that were spoken of last: in that unit, if one was said. Nothing when there are no such goods, or not in such a quantity.</summary>
    public Cart Correct(decimal number, string? unit)
    {
        var at = unit is null ? Lines.Count - 1 : Lines.FindLastIndex(line => line.Unit == unit);
        return at < 0 || number is <= 0 or > MaxQuantity || (Lines[at].Step > 0 && number % Lines[at].Step != 0)
            ? this
            : this with { Lines = Lines.SetItem(at, Lines[at] with { Quantity = number }) };
    }

    private Cart Set(ItemOption item, decimal quantity, WishChange change)
    {
        var at = Lines.FindIndex(line => line.Sku == item.Sku);
        if (quantity == 0)
            return new(Lines.RemoveAll(line => line.Sku == item.Sku), WithoutOpen([item]));
        if (at >= 0)
            return new(Lines.SetItem(at, CartLine.Of(item, change == WishChange.Add ? Lines[at].Quantity + quantity : quantity)), WithoutOpen([item]));
        return Lines.Count >= MaxLines ? this : new(Lines.Add(CartLine.Of(item, quantity)), WithoutOpen([item]));
    }

    private Cart Ask(Wish wish) =>
        this with { Open = Lines.Count + Open.Count >= MaxLines ? Open : WithoutOpen(wish.Options).Add(wish) };

    private ImmutableList<Wish> WithoutOpen(IReadOnlyList<ItemOption> items) =>
        Open.RemoveAll(wish => wish.Options.Any(option => items.Any(item => item.Sku == option.Sku)));

    private static bool IsPossible(ItemOption item, decimal quantity, WishChange change) =>
        quantity % item.Step == 0 && (quantity > 0 || change == WishChange.Set) && quantity <= MaxQuantity;
}
