using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Conversations;

/// <summary>A conversation in a list.</summary>
internal sealed record ConversationSummary(
    string Id, string Customer, string? Name, ConversationStage State, Language? Language, bool OptedOut, string? Operator, string? Quote, decimal? Total, string? Currency,
    int Unsent, DateTimeOffset LastInboundAt, DateTimeOffset UpdatedAt)
{
    public static ConversationSummary Of(StoredConversation stored)
    {
        var state = stored.State;
        return new(
            stored.Id.ToString(), stored.Id.Customer, state.Name, state.Stage, state.Language, state.OptedOut, state.Operator, state.Quote?.Number,
            state.Quote?.Figures?.Total, state.Quote?.Figures?.Currency, state.Outbox.Count, state.LastInboundAt, state.LastAt);
    }
}

/// <summary>A conversation with what was said last.</summary>
internal sealed record ConversationView(
    ConversationSummary Conversation, IReadOnlyList<OrderLineView> Items, string? PostalCode, string? Address, string? Coupon, string? QuoteId, int? Revision,
    bool WindowOpen, IReadOnlyList<MessageView> Messages);

/// <summary>Goods of an order.</summary>
internal sealed record OrderLineView(string Sku, decimal Quantity);

/// <summary>Something that was said: by the <c>customer</c>, the <c>system</c>, or a person by name.</summary>
internal sealed record MessageView(
    string From, string Text, DateTimeOffset At, string? Wamid, long? Number, DeliveryStatus? Status, string? Error, IReadOnlyList<Choice>? Choices)
{
    public static MessageView Of(TranscriptEntry entry) => entry.IsInbound
        ? new("customer", entry.Text, entry.Message!.At, entry.Message.Id, null, null, null, null)
        : new(entry.By ?? "system", entry.Text, entry.At, entry.Wamid, entry.Number, entry.Status, entry.Error, entry.Content!.Choices);
}

/// <summary>An event of a conversation.</summary>
internal sealed record EventView(long Version, string Type, DateTimeOffset At, JsonElement Data);

/// <summary>A part of a list, and the cursor of the next part.</summary>
internal sealed record ConversationList<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>The body of <c>POST /conversations/{id}/messages</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SayRequest(string? Text, string? Id = null, TemplateContent? Template = null);

/// <summary>The body of <c>POST /conversations/{id}/conclude</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ConcludeRequest(bool Accepted);

/// <summary>What became of a command.</summary>
internal sealed record CommandView(string Id, ConversationStage State, long? Number);
