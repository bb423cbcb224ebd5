using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Http;

/// <summary>The whole way with the loopback gateway: telephones, pages, people at the business, the simulator, a catalogue that changes.</summary>
public sealed partial class ConversationFlowTests : IAsyncLifetime
{
    private const string Customer = "5511955554444";
    private const string Id = $"{LoopbackPhone.Business}.{Customer}";

    private ConversationsNode node = null!;

    public async ValueTask InitializeAsync() => node = await ConversationsNode.StartAsync();

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task Scripted_customers_in_three_languages_get_their_quotes_to_the_cent()
    {
        Assert.True(Script.BuiltIn.Count >= 50);

        var done = await SimulateAsync(Script.BuiltIn.Count);

        Assert.Equal([], done.Differences);
        Assert.Equal(Script.BuiltIn.Count, done.AsExpected);
    }

    [Fact]
    public async Task The_simulator_notices_a_wrong_price()
    {
        await ChangeCatalogueAsync(yaml => yaml.Replace("price: 38.90", "price: 38.91", StringComparison.Ordinal));

        var done = await SimulateAsync(1);

        Assert.Contains("expected", Assert.Single(done.Differences), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_catalogue_counts_without_a_restart_and_a_broken_one_does_not()
    {
        await ChangeCatalogueAsync(yaml => yaml.Replace("business: Harbour Building Supplies", "business: Lighthouse Supplies", StringComparison.Ordinal));
        Assert.Contains("Lighthouse", await PageAsync("/phone/1"), StringComparison.Ordinal);

        var catalogues = node.Services.GetRequiredService<CatalogueFile>();
        await File.WriteAllTextAsync(node.CataloguePath, "business: [broken");
        catalogues.Reload();

        Assert.Equal("Lighthouse Supplies", catalogues.Current.Catalogue.Business);
        var problem = Assert.Single(catalogues.Current.Problems);
        Assert.Contains(FormattableString.Invariant($"line {problem.Line}: "), await PageAsync("/conversations"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_does_not_start_with_a_broken_catalogue_and_names_the_line()
    {
        var folder = Directory.CreateTempSubdirectory("conversations-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "catalogue.yaml"), "business: x\ncurrency: y\n");

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => ConversationsNode.StartAsync(folder: folder));

        Assert.Contains("line 2: currency", exception.ToString(), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_customer_orders_on_the_telephone_page()
    {
        await WriteAsync("10 sacks of cement and 2 m3 of sand to 01310-100");
        await QuietAsync();
        await TapAsync("act:Yes");
        var state = await node.WhenAsync(Customer, state => state is { Stage: ConversationStage.Quoted, HasWork: false }, LoopbackPhone.Business);

        var phone = await PageAsync($"/phone/{Customer}");
        Assert.Contains($"{state.Quote!.Number}", phone, StringComparison.Ordinal);
        Assert.Contains("value=\"act:Accept\"", phone, StringComparison.Ordinal);
        Assert.Contains(state.Quote.Number, await PageAsync($"/quotes/{state.Quote.Id}"), StringComparison.Ordinal);
        Assert.Contains("quoted", await PageAsync($"/conversations/{Id}"), StringComparison.Ordinal);
        Assert.Contains(Customer, await PageAsync("/conversations?state=Quoted&q=" + Customer), StringComparison.Ordinal);
        Assert.DoesNotContain(Customer, await PageAsync("/conversations?state=Accepted"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_takes_over_answers_and_hands_back()
    {
        await WriteAsync("hello");
        await QuietAsync();

        await PostAsync("takeover");
        await PostAsync("messages", new { text = "Ana here. How can I help?" });
        await QuietAsync();
        await PostAsync("handback");
        await QuietAsync();

        var view = await node.GetAsync($"/api/v1/conversations/{Id}");
        Assert.Equal(
            ["customer", "system", "local", "system"], view.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("from").GetString()));
        Assert.Equal("CollectingItems", view.GetProperty("conversation").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("messages", """{"text":5}""", "wrong-type", "/text", "Expected a string, found 5.")]
    [InlineData("messages", """{"txt":"hello"}""", "unknown-field", "/txt", "There is no such field. Allowed: text, id, template.")]
    [InlineData("conclude", """{"accepted":"yes"}""", "wrong-type", "/accepted", "Expected true or false, found the string \"yes\".")]
    public async Task A_body_that_does_not_fit_is_told_where_and_what_is_allowed(string verb, string body, string code, string place, string detail)
    {
        await WriteAsync("hello");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await node.Http.PostAsync($"/api/v1/conversations/{Id}/{verb}", content);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            (HttpStatusCode.BadRequest, code, place, detail),
            (response.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("pointer").GetString(), problem.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("messages", """{"text":"hello"}""", HttpStatusCode.Conflict)]
    [InlineData("messages", """{}""", HttpStatusCode.BadRequest)]
    [InlineData("handback", "", HttpStatusCode.Conflict)]
    [InlineData("conclude", """{"accepted":true}""", HttpStatusCode.Conflict)]
    public async Task What_the_state_does_not_allow_is_a_problem(string verb, string body, HttpStatusCode expected)
    {
        await WriteAsync("hello");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await node.Http.PostAsync($"/api/v1/conversations/{Id}/{verb}", body.Length == 0 ? null : content);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/api/v1/conversations/1.2", 404)]
    [InlineData("/api/v1/conversations/nonsense", 404)]
    [InlineData("/api/v1/conversations/1.2/events", 404)]
    [InlineData("/api/v1/conversations?state=Nowhere", 400)]
    [InlineData("/api/v1/conversations?limit=0", 400)]
    [InlineData("/api/v1/conversations?cursor=x", 400)]
    [InlineData("/api/v1/quotes/none", 404)]
    [InlineData("/conversations/1.2", 404)]
    [InlineData("/quotes/none", 404)]
    public async Task What_is_not_there_or_wrong_is_a_problem_and_brings_nothing_into_being(string path, int status)
    {
        using var response = await node.Http.GetAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty((await node.GetAsync("/api/v1/conversations")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_list_comes_in_pages_without_gaps()
    {
        for (var i = 0; i < 7; i++)
            await node.HearAsync(Payloads.Text($"551190000000{i}", $"wamid.{i}", "hello", DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        for (var i = 0; i < 7; i++)
            await node.WhenQuietAsync($"551190000000{i}");

        var ids = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await node.GetAsync("/api/v1/conversations?limit=3" + (cursor is null ? "" : "&cursor=" + cursor));
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(7, ids.Distinct().Count());
        Assert.Equal(7, ids.Count);
    }

    [Fact]
    public async Task What_a_dead_process_left_is_done_by_the_next_one()
    {
        var folder = Directory.CreateTempSubdirectory("conversations-").FullName;
        var silent = new SilentGateway();
        await using (var first = await ConversationsNode.StartAsync(folder: folder, services: services => services.AddSingleton<IMessageGateway>(silent)))
        {
            await first.HearAsync(Payloads.Text(Customer, "wamid.1", "hello", DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
            await silent.Asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }

        // the attempt is in doubt: the message leaves when no report has come in time, and once
        await using (var second = await ConversationsNode.StartAsync(options => options.DoubtFor = TimeSpan.FromSeconds(1), folder))
        {
            var state = await second.WhenQuietAsync(Customer);
            Assert.Equal([1L], state.Sent.Select(sent => sent.Number));
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<SimulateDone> SimulateAsync(int customers)
    {
        var jobs = node.Services.GetRequiredService<IJobClient>();
        var accepted = Assert.IsType<SubmitResult.Accepted>(await jobs.SubmitAsync(JobRequest.Of(ConversationKinds.Simulate, new SimulateArgs(customers))));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        JobView? last = null;
        await foreach (var view in jobs.WatchAsync(accepted.Id, deadline.Token))
            last = view;
        return last!.Result!.Value.Deserialize<SimulateDone>()!;
    }

    private async Task ChangeCatalogueAsync(Func<string, string> change)
    {
        await File.WriteAllTextAsync(node.CataloguePath, change(await File.ReadAllTextAsync(node.CataloguePath)));
        node.Services.GetRequiredService<CatalogueFile>().Reload();
    }

    private Task<ConversationState> QuietAsync() => node.WhenAsync(Customer, state => !state.HasWork, LoopbackPhone.Business);

    private Task WriteAsync(string text) => FormAsync($"/phone/{Customer}", ("text", text));

    private Task TapAsync(string choice) => FormAsync($"/phone/{Customer}", ("text", "tapped"), ("choice", choice));

    private async Task FormAsync(string path, params (string Name, string Value)[] fields)
    {
        using var page = await node.Http.GetAsync(path);
        var token = FormToken().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]),
        };
        using var response = await node.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
    }

    private async Task PostAsync(string verb, object? body = null)
    {
        using var response = body is null ? await node.Http.PostAsync($"/api/v1/conversations/{Id}/{verb}", null) : await node.Http.PostAsJsonAsync($"/api/v1/conversations/{Id}/{verb}", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<string> PageAsync(string path)
    {
        using var response = await node.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    /// <summary>Takes a message and never answers, as a process that dies with it would see it.</summary>
    private sealed class SilentGateway : IMessageGateway
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<GatewayAnswer> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new GatewayAnswer.Unknown("never");
        }
    }
}
