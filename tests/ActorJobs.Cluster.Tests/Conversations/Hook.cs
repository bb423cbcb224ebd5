using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ActorJobs.Cluster.Tests.Conversations;

/// <summary>A customer's message as Meta's webhook brings it, signed.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Number">The how-manieth of that customer's.</param>
/// <param name="SentAt">When the customer sent it.</param>
internal sealed record Hook(string Customer, int Number, DateTimeOffset SentAt)
{
    public const string Business = "106540352242922";
    public const string Path = "webhooks/whatsapp";

    private const string Secret = "app-secret-of-these-tests";

    /// <summary>What a node needs to take it in.</summary>
    public static string Setting { get; } = $"--ActorJobs:Conversations:AppSecret={Secret}";

    public string Wamid => string.Create(CultureInfo.InvariantCulture, $"wamid.{Customer}.{Number}");

    public string Text => string.Create(CultureInfo.InvariantCulture, $"message {Number}");

    public string Conversation => $"{Business}.{Customer}";

    /// <summary>Delivers it once.</summary>
    public async Task<HttpResponseMessage> DeliverAsync(HttpClient http, Uri node, CancellationToken cancellationToken)
    {
        var body = Body();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, Path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)));
        return await http.SendAsync(request, cancellationToken);
    }

    private byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        @object = "whatsapp_business_account",
        entry = new[] { new { id = "102290129340398", changes = new[] { new { field = "messages", value = Value() } } } },
    });

    private object Value() => new
    {
        messaging_product = "whatsapp",
        metadata = new { display_phone_number = "15550783881", phone_number_id = Business },
        contacts = new[] { new { profile = new { name = "Ada" }, wa_id = Customer } },
        messages = new[]
        {
            new { from = Customer, id = Wamid, timestamp = SentAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), type = "text", text = new { body = Text } },
        },
    };
}
