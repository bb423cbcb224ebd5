using System.Net;
using System.Text;
using System.Text.Json;
using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Webhook;

public sealed class WebhookEndpointTests : IAsyncLifetime
{
    private const string Customer = "5511988887777";

    private ConversationsNode node = null!;

    public async ValueTask InitializeAsync() => node = await ConversationsNode.StartAsync();

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task The_challenge_goes_back_when_the_verify_token_is_right()
    {
        var answer = await node.Http.GetStringAsync($"/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token={ConversationsNode.VerifyToken}&hub.challenge=1158201444");

        Assert.Equal("1158201444", answer);
    }

    [Theory]
    [InlineData("?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1")]
    [InlineData("?hub.mode=unsubscribe&hub.verify_token=verify-token-of-the-tests&hub.challenge=1")]
    [InlineData("")]
    public async Task The_challenge_stays_when_anything_is_wrong(string query)
    {
        using var response = await node.Http.GetAsync("/webhooks/whatsapp" + query);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256=zz")]
    [InlineData("sha1=abc")]
    [InlineData("")]
    public async Task A_bad_signature_is_401_and_stored_nowhere(string signature)
    {
        using var response = await node.PostWebhookAsync(Payloads.Text(Customer, "wamid.1", "hello", 1_764_000_000), signature);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("invalid-signature", problem.GetProperty("code").GetString());
        Assert.Equal("The signature is not valid", problem.GetProperty("title").GetString());
        Assert.Empty((await node.GetAsync("/api/v1/conversations")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_signature_covers_the_raw_body()
    {
        var body = Payloads.Text(Customer, "wamid.1", "hello", 1_764_000_000);
        var signature = WebhookSignature.Of(body, ConversationsNode.Secret);
        body[^2] ^= 1;

        using var response = await node.PostWebhookAsync(body, signature);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_message_is_in_its_conversation_when_the_answer_comes()
    {
        await node.HearAsync(Payloads.Text(Customer, "wamid.1", "hello", Now));

        var events = await node.GetAsync($"/api/v1/conversations/{Payloads.Business}.{Customer}/events");
        Assert.Equal("wamid.1", events.GetProperty("items")[0].GetProperty("data").GetProperty("message").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_message_that_comes_again_changes_nothing()
    {
        var body = Payloads.Text(Customer, "wamid.1", "10 sacks of cement", Now);
        await node.HearAsync(body);
        await node.WhenQuietAsync(Customer);
        var before = await VersionAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => node.HearAsync(body)));

        Assert.Equal(before, await VersionAsync());
    }

    [Fact]
    public async Task A_thousand_messages_that_all_come_again_are_in_the_history_once()
    {
        const int Messages = 1_000;
        var bodies = Enumerable.Range(0, Messages).Select(i => Payloads.Text(Customer, $"wamid.{i}", $"line {i}", Now)).ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 16 };
        await Parallel.ForEachAsync(bodies, parallel, async (body, _) => await node.HearAsync(body));
        var before = await ReceivedAsync();

        await Parallel.ForEachAsync(bodies, parallel, async (body, _) => await node.HearAsync(body));

        Assert.Equal(Messages, before.Distinct().Count());
        var shown = (await node.GetAsync($"/api/v1/conversations/{Payloads.Business}.{Customer}")).GetProperty("messages").EnumerateArray()
            .Count(message => message.GetProperty("from").GetString() == "customer");
        Assert.InRange(shown, Messages - 100, Messages - 1); // the view shows the last thousand of all messages, some of which are answers
        Assert.Equal(before, await ReceivedAsync());
    }

    [Fact]
    public async Task Messages_of_one_batch_are_taken_in_their_order()
    {
        object[] values =
        [
            .. Enumerable.Range(0, 10).Select(i => new
            {
                metadata = new { phone_number_id = Payloads.Business },
                messages = new[] { new { from = Customer, id = $"wamid.{i}", timestamp = $"{Now + i}", type = "text", text = new { body = $"line {i}" } } },
            }),
        ];
        await node.HearAsync(Payloads.Value(values));

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"line {i}"), (await HeardAsync()).Select(message => message.Text));
    }

    [Fact]
    public async Task Shuffled_webhooks_are_shown_in_the_order_of_sending()
    {
        var sent = Now;
        foreach (var i in new[] { 2, 0, 3, 1 })
            await node.HearAsync(Payloads.Text(Customer, $"wamid.{i}", $"line {i}", sent + i));

        Assert.Equal(["line 0", "line 1", "line 2", "line 3"], (await HeardAsync()).Select(message => message.Text));
    }

    [Fact]
    public async Task Every_sort_of_message_is_taken_in()
    {
        object[] messages =
        [
            new { type = "button", button = new { payload = "act:Yes", text = "Yes" } },
            new { type = "interactive", interactive = new { type = "button_reply", button_reply = new { id = "act:Done", title = "That's all" } } },
            new { type = "interactive", interactive = new { type = "list_reply", list_reply = new { id = "item:CEM-50", title = "Cement" } } },
            new { type = "location", location = new { latitude = -23.56, longitude = -46.65, name = "Works", address = "Av. Paulista" } },
            new { type = "image", image = new { id = "m1", mime_type = "image/jpeg", caption = "this cement" } },
            new { type = "document", document = new { id = "m2", filename = "list.pdf" } },
            new { type = "sticker", sticker = new { id = "m3" } },
            new { type = "of_next_year", of_next_year = new[] { 1 } },
        ];
        for (var i = 0; i < messages.Length; i++)
        {
            var message = JsonSerializer.SerializeToNode(messages[i])!.AsObject();
            (message["from"], message["id"], message["timestamp"]) = (Customer, $"wamid.{i}", $"{Now + i}");
            await node.HearAsync(Payloads.Message(Customer, message));
        }

        Assert.Equal(
            ["Yes", "That's all", "Cement", "[location] Works, Av. Paulista", "[image] this cement", "[document list.pdf]", "[sticker]", "[of_next_year]"],
            (await HeardAsync()).Select(message => message.Text));
    }

    [Fact]
    public async Task No_body_whatever_gets_a_5xx()
    {
        const int Seed = 20_261_122;
        const int Bodies = 10_000;
        var random = new Random(Seed);
        var valid = Payloads.Text(Customer, "wamid.1", "10 sacks of cement", Now);
        var bodies = Enumerable.Range(0, Bodies).Select(_ => Mutate(valid, random)).ToArray();

        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (body, _) =>
        {
            using var response = await node.PostWebhookAsync(body);
            Assert.True((int)response.StatusCode is 200 or 400 or 413, $"{response.StatusCode} for {Encoding.UTF8.GetString(body)} (seed {Seed})");
        });
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static byte[] Mutate(byte[] valid, Random random)
    {
        if (random.Next(20) == 0)
            return [.. Enumerable.Range(0, random.Next(200)).Select(_ => (byte)random.Next(256))];
        var body = valid.ToList();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(5))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body.RemoveRange(at, Math.Min(random.Next(20), body.Count - at));
                    break;
                case 2:
                    body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(40), body.Count - at)));
                    break;
                case 3:
                    body.InsertRange(at, "null\"[]{}\\ud800:-1e999,"u8.ToArray()[..random.Next(1, 22)]);
                    break;
                default:
                    body.InsertRange(at, Enumerable.Repeat((byte)'[', random.Next(100)));
                    break;
            }

            if (body.Count == 0)
                break;
        }

        return [.. body];
    }

    private async Task<IReadOnlyList<(string? From, string? Text)>> HeardAsync()
    {
        var view = await node.GetAsync($"/api/v1/conversations/{Payloads.Business}.{Customer}");
        return
        [
            .. view.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("from").GetString(), message.GetProperty("text").GetString()))
                .Where(message => message.Item1 == "customer"),
        ];
    }

    // all of the history: what is shown is its end
    private async Task<IReadOnlyList<string>> ReceivedAsync()
    {
        var reading = node.Services.GetRequiredService<ConversationReading>();
        var received = new List<string>();
        for (var (after, more) = (0L, true); more;)
        {
            var page = await reading.HistoryAsync(new ConversationId(Payloads.Business, Customer), after, 1_000, CancellationToken.None);
            received.AddRange(page.Select(stored => stored.Event).OfType<MessageReceived>().Select(heard => heard.Message.Id));
            (after, more) = (page.Count == 0 ? after : page[^1].Version, page.Count > 0);
        }

        return received;
    }

    private async Task<long> VersionAsync() =>
        (await node.Services.GetRequiredService<ConversationReading>().FindAsync(new ConversationId(Payloads.Business, Customer), CancellationToken.None))!.Version;
}
