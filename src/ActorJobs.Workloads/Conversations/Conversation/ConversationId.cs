namespace ActorJobs.Workloads.Conversations;

/// <summary>Addresses a conversation: one per business number and customer. Written <c>{business}.{customer}</c>.</summary>
/// <param name="Business">The id that Meta gives the business's number (<c>phone_number_id</c>), digits.</param>
/// <param name="Customer">The customer's number (<c>wa_id</c>), digits with the country's code.</param>
public readonly record struct ConversationId(string Business, string Customer)
{
    /// <summary>The most digits of either number.</summary>
    public const int MaxDigits = 32;

    /// <summary>Reads an id as it is written.</summary>
    public static bool TryParse(string? text, out ConversationId id)
    {
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        id = dot < 0 ? default : new(text![..dot], text[(dot + 1)..]);
        return dot >= 0 && IsNumber(id.Business) && IsNumber(id.Customer);
    }

    /// <summary>Whether a text can be one of the two numbers.</summary>
    public static bool IsNumber(string? text) => text is { Length: > 0 and <= MaxDigits } && text.All(char.IsAsciiDigit);

    /// <inheritdoc/>
    public override string ToString() => $"{Business}.{Customer}";
}
