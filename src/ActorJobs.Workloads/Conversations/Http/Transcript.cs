namespace ActorJobs.Workloads.Conversations;

/// <summary>What was said in a conversation, told from its history. Customers' messages are in the order in which they were sent. Pure.</summary>
internal static class Transcript
{
    public static IReadOnlyList<TranscriptEntry> Of(IEnumerable<StoredConversationEvent> history)
    {
        var entries = new List<TranscriptEntry>();
        var places = new Dictionary<long, int>(); // by message number
        foreach (var (version, _, happened) in history)
        {
            switch (happened)
            {
                case MessageReceived(var message, _, var at):
                    entries.Add(new(version, at, IsInbound: true, TextOf(message)) { Message = message });
                    break;
                case MessageQueued(var number, var content, var by, var at):
                    places[number] = entries.Count;
                    entries.Add(new(version, at, IsInbound: false, content.Text) { Content = content, Number = number, By = by });
                    break;
                case MessageSent(var number, var wamid, _) when places.TryGetValue(number, out var sent):
                    entries[sent] = entries[sent] with { Status = DeliveryStatus.Sent, Wamid = wamid, Error = null };
                    break;
                case SendFailed(var number, var reason, var isFinal, _) when places.TryGetValue(number, out var failed):
                    entries[failed] = entries[failed] with { Status = isFinal ? DeliveryStatus.Failed : DeliveryStatus.Queued, Error = reason };
                    break;
                case DeliveryReported(var number, var status, var error, _) when places.TryGetValue(number, out var reported):
                    entries[reported] = entries[reported] with { Status = status, Error = error };
                    break;
            }
        }

        return InOrderOfSending(entries);
    }

    /// <summary>The stages that were entered, oldest first.</summary>
    public static IReadOnlyList<StageEntered> Stages(IEnumerable<StoredConversationEvent> history) => [.. history.Select(stored => stored.Event).OfType<StageEntered>()];

    // webhooks may overtake each other: among neighbours that are all the customer's, the sender's clock decides, then the order of arrival
    private static List<TranscriptEntry> InOrderOfSending(List<TranscriptEntry> entries)
    {
        var customers = new Queue<TranscriptEntry>(entries.Where(entry => entry.IsInbound).OrderBy(entry => entry.Message!.At).ThenBy(entry => entry.Version));
        return [.. entries.Select(entry => entry.IsInbound ? customers.Dequeue() : entry)];
    }

    private static string TextOf(InboundMessage message) => message.Kind switch
    {
        InboundKind.Location => $"[location] {message.Place}",
        InboundKind.Image => $"[image] {message.Text}".TrimEnd(),
        InboundKind.Document => $"[document {message.MediaName}] {message.Text}".TrimEnd(),
        InboundKind.Unsupported => $"[{message.Sort}]",
        _ => message.Text ?? message.Choice ?? "",
    };
}

/// <summary>One thing that was said.</summary>
public sealed record TranscriptEntry(long Version, DateTimeOffset At, bool IsInbound, string Text)
{
    /// <summary>The customer's message.</summary>
    public InboundMessage? Message { get; init; }

    /// <summary>Ours.</summary>
    public OutboundContent? Content { get; init; }

    /// <summary>The number of ours.</summary>
    public long? Number { get; init; }

    /// <summary>The person who said it; null for the system.</summary>
    public string? By { get; init; }

    /// <summary>How far ours came.</summary>
    public DeliveryStatus Status { get; init; }

    /// <summary>The id Meta gave to ours.</summary>
    public string? Wamid { get; init; }

    /// <summary>Why ours did not come further.</summary>
    public string? Error { get; init; }
}
