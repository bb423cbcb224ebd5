namespace ActorJobs.Workloads.Conversations;

/// <summary>What a message says, as far as it was understood, whatever the conversation is about just then.</summary>
internal sealed record Reading
{
    /// <summary>The language it is in; null when it does not show.</summary>
    public Language? Language { get; init; }

    /// <summary>What the customer does by it.</summary>
    public Acts Acts { get; init; }

    /// <summary>The goods it is about, in order.</summary>
    public IReadOnlyList<Wish> Wishes { get; init; } = [];

    /// <summary>A number on its own: the answer to "how many?".</summary>
    public decimal? Number { get; init; }

    /// <summary>The unit said with <see cref="Number"/>, by its key.</summary>
    public string? NumberUnit { get; init; }

    /// <summary>The digits of a postal code.</summary>
    public string? PostalCode { get; init; }

    /// <summary>The word of a coupon.</summary>
    public string? Coupon { get; init; }

    /// <summary>The sku that was picked from a list.</summary>
    public string? Picked { get; init; }

    /// <summary>Whether it says anything that the system can act on.</summary>
    public bool SaysNothing => Acts == Acts.None && Wishes.Count == 0 && Number is null && PostalCode is null && Coupon is null && Picked is null;

    public bool Is(Acts act) => (Acts & act) != 0;
}

/// <summary>What a customer does by saying something.</summary>
[Flags]
internal enum Acts
{
    None = 0,

    /// <summary>Says hello.</summary>
    Greet = 1,

    /// <summary>Agrees.</summary>
    Yes = 2,

    /// <summary>Disagrees.</summary>
    No = 4,

    /// <summary>Has named all goods.</summary>
    Done = 8,

    /// <summary>Wants to begin again.</summary>
    Restart = 16,

    /// <summary>Wants to talk to a person.</summary>
    Person = 32,

    /// <summary>Wants no more messages.</summary>
    OptOut = 64,

    /// <summary>Wants messages again.</summary>
    OptIn = 128,

    /// <summary>Takes the quote.</summary>
    Accept = 256,

    /// <summary>Does not take the quote.</summary>
    Decline = 512,

    /// <summary>Wants a better price.</summary>
    Negotiate = 1024,

    /// <summary>Asks what there is.</summary>
    Help = 2048,

    /// <summary>Wants it delivered elsewhere.</summary>
    ChangeAddress = 4096,

    /// <summary>Asks what is in the order so far.</summary>
    ShowOrder = 8192,
}

/// <summary>Goods that a message is about.</summary>
/// <param name="Change">What is to happen with them.</param>
/// <param name="Said">The word that was used.</param>
/// <param name="Options">The items it may mean; one when it is clear.</param>
public sealed record Wish(WishChange Change, string Said, IReadOnlyList<ItemOption> Options);

/// <summary>What is to happen with goods.</summary>
public enum WishChange
{
    /// <summary>So many in all.</summary>
    Set,

    /// <summary>So many more.</summary>
    Add,

    /// <summary>None.</summary>
    Remove,
}

/// <summary>An item that may be meant, with all that talking about it takes.</summary>
/// <param name="Sku">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="One">Its unit for one.</param>
/// <param name="Many">Its unit for several.</param>
/// <param name="Quantity">How many of its unit, or null when that was not said or not in a unit it comes in.</param>
public sealed record ItemOption(string Sku, LocalText Name, LocalText One, LocalText Many, decimal? Quantity)
{
    /// <summary>The key of its unit.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Other units it comes in, as a number of its own.</summary>
    public IReadOnlyDictionary<string, decimal> Packs { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Quantities are multiples of this.</summary>
    public decimal Step { get; init; } = 1;

    /// <summary>A number in a unit as a quantity of the item's own, or null when it does not come in that unit.</summary>
    public decimal? InOwnUnit(decimal number, string? unit) =>
        unit is null || unit == Unit ? number : Packs.TryGetValue(unit, out var pack) ? number * pack : null;
}

/// <summary>What a message says, for each language the conversation may be in: only the conversation knows which.</summary>
internal sealed record Readings(Reading Unknown, Reading En, Reading Pt, Reading Es)
{
    public Reading For(Language? spoken) => spoken switch
    {
        Language.En => En,
        Language.Pt => Pt,
        Language.Es => Es,
        _ => Unknown,
    };

    /// <summary>A message that says the same in every language.</summary>
    public static Readings Of(Reading reading) => new(reading, reading, reading, reading);
}
