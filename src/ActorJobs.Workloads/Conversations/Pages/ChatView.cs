namespace ActorJobs.Workloads.Conversations.Pages;

/// <summary>A conversation with its history, as the pages show it.</summary>
public sealed record ChatView(StoredConversation Stored, IReadOnlyList<StoredConversationEvent> History, bool IsWindowOpen)
{
    private const int MaxShown = 2_000;

    /// <summary>What was said.</summary>
    public IReadOnlyList<TranscriptEntry> Entries { get; } = Transcript.Of(History);

    /// <summary>What the customer's telephone shows: what has reached it.</summary>
    public IReadOnlyList<TranscriptEntry> OnPhone => [.. Entries.Where(entry => entry.IsInbound || entry.Status is DeliveryStatus.Sent or DeliveryStatus.Delivered or DeliveryStatus.Read)];

    /// <summary>The stages that were entered, oldest first.</summary>
    public IReadOnlyList<StageEntered> Stages => Transcript.Stages(History);

    internal static async Task<ChatView?> FindAsync(string id, ConversationReading reading, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!ConversationId.TryParse(id, out var conversation) || await reading.FindAsync(conversation, cancellationToken) is not { } stored)
            return null;
        var history = await reading.HistoryAsync(conversation, Math.Max(0, stored.Version - MaxShown), MaxShown, cancellationToken);
        return new(stored, history, ConversationPolicy.IsWindowOpen(stored.State, time.GetUtcNow()));
    }
}
