namespace ActorJobs.Workloads.Conversations;

/// <summary>A message from a customer.</summary>
/// <param name="Id">Meta's id of it (<c>wamid</c>): the same message may come several times.</param>
/// <param name="Kind">What sort.</param>
/// <param name="At">When the customer sent it, to the second.</param>
public sealed record InboundMessage(string Id, InboundKind Kind, DateTimeOffset At)
{
    /// <summary>The text, a caption, or the title of what was tapped.</summary>
    public string? Text { get; init; }

    /// <summary>The id of the button or line that was tapped.</summary>
    public string? Choice { get; init; }

    /// <summary>A place: its name and address, or its coordinates.</summary>
    public string? Place { get; init; }

    /// <summary>Meta's id of a picture or file.</summary>
    public string? Media { get; init; }

    /// <summary>A file's name or a media type.</summary>
    public string? MediaName { get; init; }

    /// <summary>What Meta calls a sort that is not understood.</summary>
    public string? Sort { get; init; }

    /// <summary>The customer's name as their profile has it.</summary>
    public string? Name { get; init; }
}

/// <summary>The sorts of messages from customers.</summary>
public enum InboundKind
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>A tap on a button or a line of a list.</summary>
    Choice,

    /// <summary>A place on a map.</summary>
    Location,

    /// <summary>A picture, perhaps with words.</summary>
    Image,

    /// <summary>A file, perhaps with words.</summary>
    Document,

    /// <summary>A sort that nothing can be read from: a sticker, a voice message, a contact.</summary>
    Unsupported,
}

/// <summary>What became of a message to a customer, by the network.</summary>
/// <param name="Wamid">Meta's id of the message.</param>
/// <param name="Number">Our number of it, when the status carries it back.</param>
/// <param name="Status">How far it came.</param>
/// <param name="At">When.</param>
/// <param name="Error">Why it failed, with Meta's code.</param>
internal sealed record DeliveryReport(string Wamid, long? Number, DeliveryStatus Status, DateTimeOffset At, string? Error = null);

/// <summary>How far a message to a customer came.</summary>
public enum DeliveryStatus
{
    /// <summary>It waits here.</summary>
    Queued,

    /// <summary>The network took it.</summary>
    Sent,

    /// <summary>It reached the telephone.</summary>
    Delivered,

    /// <summary>It was read.</summary>
    Read,

    /// <summary>It did not get there.</summary>
    Failed,
}
