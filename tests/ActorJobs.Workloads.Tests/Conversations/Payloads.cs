using System.Text.Json;
using ActorJobs.TestKit.CloudApi;

namespace ActorJobs.Workloads.Tests.Conversations;

/// <summary>Webhooks as Meta writes them.</summary>
internal static class Payloads
{
    public const string Business = "106540352242922";

    public static byte[] Text(string customer, string wamid, string text, long timestamp, string business = Business) =>
        Message(customer, new { from = customer, id = wamid, timestamp = timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture), type = "text", text = new { body = text } }, business);

    public static byte[] Message(string customer, object message, string business = Business) => Value(new
    {
        messaging_product = "whatsapp",
        metadata = new { display_phone_number = "15550783881", phone_number_id = business },
        contacts = new[] { new { profile = new { name = "Ada" }, wa_id = customer } },
        messages = new[] { message },
    });

    public static byte[] Status(FakeCloudMessage message, string status) => Value(new
    {
        messaging_product = "whatsapp",
        metadata = new { display_phone_number = "15550783881", phone_number_id = message.From },
        statuses = new[] { new { id = message.Wamid, status, timestamp = "1764000000", recipient_id = message.To, biz_opaque_callback_data = message.Mark } },
    });

    public static byte[] Value(params object[] values) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        @object = "whatsapp_business_account",
        entry = values.Select(value => new { id = "102290129340398", changes = new[] { new { value, field = "messages" } } }),
    });
}
