using System.Text.Json.Nodes;

namespace ActorJobs.Workloads.Conversations;

/// <summary>A message as the Cloud API takes it: <c>POST /{phone-number-id}/messages</c>.</summary>
internal static class CloudApiMessage
{
    private const int MaxButtons = 3;

    public static JsonObject Of(OutgoingMessage message)
    {
        var body = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["recipient_type"] = "individual",
            ["to"] = message.Conversation.Customer,
            // comes back with every status: it tells an attempt of unknown outcome that it succeeded
            ["biz_opaque_callback_data"] = message.Mark,
        };
        var (type, content) = message.AsTemplate ? ("template", TemplateOf(message.Content.Template!))
            : message.Content.Choices.Count == 0 ? ("text", TextOf(message.Content))
            : ("interactive", InteractiveOf(message.Content));
        body["type"] = type;
        body[type] = content;
        return body;
    }

    private static JsonObject TextOf(OutboundContent content) => new() { ["preview_url"] = false, ["body"] = content.Text };

    private static JsonObject InteractiveOf(OutboundContent content) => new()
    {
        ["type"] = content.Choices.Count <= MaxButtons ? "button" : "list",
        ["body"] = new JsonObject { ["text"] = content.Text },
        ["action"] = content.Choices.Count <= MaxButtons ? ButtonsOf(content) : ListOf(content),
    };

    private static JsonObject ButtonsOf(OutboundContent content) => new()
    {
        ["buttons"] = new JsonArray(
        [
            .. content.Choices.Select(choice => new JsonObject
            {
                ["type"] = "reply",
                ["reply"] = new JsonObject { ["id"] = choice.Id, ["title"] = choice.Title },
            }),
        ]),
    };

    private static JsonObject ListOf(OutboundContent content) => new()
    {
        ["button"] = content.ListLabel ?? "…",
        ["sections"] = new JsonArray(new JsonObject
        {
            ["rows"] = new JsonArray([.. content.Choices.Select(choice => new JsonObject { ["id"] = choice.Id, ["title"] = choice.Title })]),
        }),
    };

    private static JsonObject TemplateOf(TemplateContent template)
    {
        var content = new JsonObject { ["name"] = template.Name, ["language"] = new JsonObject { ["code"] = template.Language } };
        if (template.Parameters.Count > 0)
        {
            content["components"] = new JsonArray(new JsonObject
            {
                ["type"] = "body",
                ["parameters"] = new JsonArray([.. template.Parameters.Select(text => new JsonObject { ["type"] = "text", ["text"] = text })]),
            });
        }

        return content;
    }
}
