using System.Text.Json;

namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// Reads Meta's webhooks: <c>entry[].changes[].value</c> with messages and statuses. What is not known is passed over: Meta adds fields and sorts of
/// messages, and repeats for days what is not answered with success.
/// </summary>
internal static class WebhookReader
{
    public const int MaxId = 300;

    private const int MaxText = 8_000;
    private const int MaxName = 200;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 64 };

    /// <summary>The updates in their order, or null when the body is no JSON object.</summary>
    public static IReadOnlyList<WebhookUpdate>? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            return
            [
                .. from entry in document.RootElement.Items("entry")
                   from change in entry.Items("changes")
                   where change.Member("value") is not null
                   from update in UpdatesIn(change.Member("value")!.Value)
                   select update,
            ];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<WebhookUpdate> UpdatesIn(JsonElement value)
    {
        if (value.Member("metadata")?.Text("phone_number_id") is not { } business || !ConversationId.IsNumber(business))
            yield break;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var contact in value.Items("contacts"))
        {
            if (contact.Text("wa_id") is { } customer && contact.Member("profile")?.Text("name") is { } name)
                names[customer] = Cut(name, MaxName)!;
        }

        foreach (var message in value.Items("messages"))
        {
            if (message.Text("from") is { } from && ConversationId.IsNumber(from) && MessageOf(message) is { } read)
                yield return new WebhookUpdate(new ConversationId(business, from), read with { Name = names.GetValueOrDefault(from) }, null);
        }

        foreach (var status in value.Items("statuses"))
        {
            if (status.Text("recipient_id") is { } to && ConversationId.IsNumber(to) && ReportOf(status) is { } report)
                yield return new WebhookUpdate(new ConversationId(business, to), null, report);
        }
    }

    private static InboundMessage? MessageOf(JsonElement message)
    {
        if (message.Text("id") is not { Length: <= MaxId } id || TimeOf(message) is not { } at)
            return null;
        var sort = message.Text("type") ?? "";
        var content = message.Member(sort) ?? default;
        return sort switch
        {
            "text" when content.Text("body") is { } text => new(id, InboundKind.Text, at) { Text = Cut(text, MaxText) },
            "button" => new(id, InboundKind.Choice, at) { Choice = Cut(content.Text("payload"), MaxId), Text = Cut(content.Text("text"), MaxText) },
            "interactive" when (content.Member("button_reply") ?? content.Member("list_reply")) is { } reply =>
                new(id, InboundKind.Choice, at) { Choice = Cut(reply.Text("id"), MaxId), Text = Cut(reply.Text("title"), MaxText) },
            "location" => new(id, InboundKind.Location, at) { Place = Cut(PlaceOf(content), MaxText) },
            "image" => Media(InboundKind.Image),
            "document" => Media(InboundKind.Document),
            _ => new(id, InboundKind.Unsupported, at) { Sort = Cut(sort, MaxName) },
        };

        InboundMessage Media(InboundKind kind) => new(id, kind, at)
        {
            Text = Cut(content.Text("caption"), MaxText),
            Media = Cut(content.Text("id"), MaxId),
            MediaName = Cut(content.Text("filename") ?? content.Text("mime_type"), MaxName),
        };
    }

    private static DeliveryReport? ReportOf(JsonElement status)
    {
        if (status.Text("id") is not { Length: <= MaxId } wamid || TimeOf(status) is not { } at || StatusOf(status.Text("status")) is not { } how)
            return null;
        var error = status.Items("errors").Select(ErrorOf).FirstOrDefault();
        return new DeliveryReport(wamid, OutgoingMessage.NumberIn(status.Text("biz_opaque_callback_data")), how, at, error);
    }

    private static DeliveryStatus? StatusOf(string? status) => status switch
    {
        "sent" => DeliveryStatus.Sent,
        "delivered" => DeliveryStatus.Delivered,
        "read" => DeliveryStatus.Read,
        "failed" => DeliveryStatus.Failed,
        _ => null,
    };

    private static string ErrorOf(JsonElement error) =>
        Cut(FormattableString.Invariant($"({error.Number("code")}) {error.Member("error_data")?.Text("details") ?? error.Text("message") ?? error.Text("title")}"), MaxName)!;

    private static string PlaceOf(JsonElement place)
    {
        var said = string.Join(", ", new[] { place.Text("name"), place.Text("address") }.OfType<string>());
        return said.Length > 0 ? said : FormattableString.Invariant($"{place.Real("latitude") ?? 0:0.#####}, {place.Real("longitude") ?? 0:0.#####}");
    }

    // seconds since 1970, as Meta writes them
    private static DateTimeOffset? TimeOf(JsonElement element) =>
        element.Number("timestamp") is { } seconds and >= 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text
        : char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
}

/// <summary>One thing a webhook tells: a message from a customer, or a report on one to a customer.</summary>
internal sealed record WebhookUpdate(ConversationId Conversation, InboundMessage? Message, DeliveryReport? Report);
