using System.Text.Json;
using ActorJobs.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Lists and shows conversations, and lets people answer in them.</summary>
internal static class ConversationEndpoints
{
    private const int MaxLimit = 1_000;
    private const int MaxMessages = 1_000;

    public static void MapConversations(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/conversations").WithTags("Conversations");
        group.MapGet("", ListAsync);
        group.MapGet("/{id}", FindAsync);
        group.MapGet("/{id}/events", EventsAsync);
        group.MapPost("/{id}/messages", SayAsync).Accepts<SayRequest>("application/json").Audit("conversation.say");
        group.MapPost("/{id}/takeover", (string id, ConversationControl control, PageState page, CancellationToken token) => CommandAsync(id, new TakeOver(NameOf(page)), control, token))
            .Audit("conversation.take-over");
        group.MapPost("/{id}/handback", (string id, ConversationControl control, PageState page, CancellationToken token) => CommandAsync(id, new HandBack(NameOf(page)), control, token))
            .Audit("conversation.hand-back");
        group.MapPost("/{id}/conclude", ConcludeAsync).Accepts<ConcludeRequest>("application/json").Audit("conversation.conclude");
        api.MapGet("/quotes/{id}", FindQuoteAsync).WithTags("Conversations");
    }

    /// <summary>Who asks, as the conversation's history will have it.</summary>
    public static string NameOf(PageState page) => page.Caller?.Name ?? "unknown";

    private static async Task<Results<JsonHttpResult<ConversationList<ConversationSummary>>, ApiProblem>> ListAsync(
        ConversationReading reading, string? state = null, string? q = null, string? cursor = null, int limit = 50, CancellationToken cancellationToken = default)
    {
        if (limit is < 1 or > MaxLimit)
            return Problems.Invalid("invalid-limit", FormattableString.Invariant($"limit: between 1 and {MaxLimit}."), "limit");
        if (!ConversationCursor.TryRead(cursor, out var after))
            return Problems.Invalid("invalid-cursor", "cursor: not one that this list gave.", "cursor");
        ConversationStage? stage = null;
        if (state is not null)
        {
            if (!Enum.TryParse<ConversationStage>(state, ignoreCase: true, out var known) || !Enum.IsDefined(known) || char.IsAsciiDigit(state[0]))
                return Problems.Invalid("invalid-state", $"state: one of {string.Join(", ", Enum.GetNames<ConversationStage>())}.", "state");
            stage = known;
        }

        var page = await reading.ListAsync(new ConversationQuery(stage, q, after, limit), cancellationToken);
        return Json(new ConversationList<ConversationSummary>([.. page.Items.Select(ConversationSummary.Of)], ConversationCursor.Write(page.Next)));
    }

    private static async Task<Results<JsonHttpResult<ConversationView>, ApiProblem>> FindAsync(
        string id, ConversationReading reading, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!ConversationId.TryParse(id, out var conversation) || await reading.FindAsync(conversation, cancellationToken) is not { } stored)
            return ConversationControl.NoSuchConversation(id);
        var history = await reading.HistoryAsync(conversation, Math.Max(0, stored.Version - (4 * MaxMessages)), 4 * MaxMessages, cancellationToken);
        var state = stored.State;
        return Json(new ConversationView(
            ConversationSummary.Of(stored), [.. state.Cart.Select(line => new OrderLineView(line.Sku, line.Quantity))], state.PostalCode, state.Address, state.Coupon,
            state.Quote?.Id, state.Quote?.Revision, ConversationPolicy.IsWindowOpen(state, time.GetUtcNow()),
            [.. Transcript.Of(history).TakeLast(MaxMessages).Select(MessageView.Of)]));
    }

    private static async Task<Results<JsonHttpResult<ConversationList<EventView>>, ApiProblem>> EventsAsync(
        string id, ConversationReading reading, long after = 0, int limit = 100, CancellationToken cancellationToken = default)
    {
        if (limit is < 1 or > MaxLimit || after < 0)
            return Problems.Invalid("invalid-limit", FormattableString.Invariant($"limit: between 1 and {MaxLimit}; after: not negative."), "limit");
        if (!ConversationId.TryParse(id, out var conversation) || await reading.FindAsync(conversation, cancellationToken) is null)
            return ConversationControl.NoSuchConversation(id);
        var history = await reading.HistoryAsync(conversation, after, limit, cancellationToken);
        var items = history.Select(stored => new EventView(
            stored.Version, stored.Type, stored.Event.At, JsonSerializer.SerializeToElement(stored.Event, stored.Event.GetType(), ConversationJsonContext.Default)));
        return Json(new ConversationList<EventView>([.. items], history.Count == limit ? FormattableString.Invariant($"{history[^1].Version}") : null));
    }

    private static async Task<Results<JsonHttpResult<CommandView>, ApiProblem>> SayAsync(
        string id, HttpContext context, ConversationControl control, PageState page, CancellationToken cancellationToken)
    {
        var (body, malformed) = await JsonRequest.ReadAsync<SayRequest>(context);
        if (body is null)
            return malformed!;
        if (body is { Text: null or "", Template: null })
            return Problems.MissingField("/text");
        var text = body.Text is { Length: > 0 } given ? given : $"[{body.Template!.Name}]";
        return await CommandAsync(id, new Say(NameOf(page), text, body.Id, body.Template), control, cancellationToken);
    }

    private static async Task<Results<JsonHttpResult<CommandView>, ApiProblem>> ConcludeAsync(
        string id, HttpContext context, ConversationControl control, PageState page, CancellationToken cancellationToken)
    {
        var (body, malformed) = await JsonRequest.ReadAsync<ConcludeRequest>(context);
        return body is null ? malformed! : await CommandAsync(id, new Conclude(NameOf(page), body.Accepted), control, cancellationToken);
    }

    private static async Task<Results<JsonHttpResult<CommandView>, ApiProblem>> CommandAsync(
        string id, ConversationCommand command, ConversationControl control, CancellationToken cancellationToken)
    {
        var (view, problem) = await control.AskAsync(id, command, cancellationToken);
        return view is null ? problem! : Json(view);
    }

    private static async Task<Results<JsonHttpResult<IssuedQuote>, ApiProblem>> FindQuoteAsync(string id, QuoteReading quotes, CancellationToken cancellationToken) =>
        await quotes.FindAsync(id, cancellationToken) is { } quote ? Json(quote) : Problems.NotFound($"There is no quote '{id}'.");

    private static JsonHttpResult<T> Json<T>(T value) => TypedResults.Json(value, JobJson.Options);
}
