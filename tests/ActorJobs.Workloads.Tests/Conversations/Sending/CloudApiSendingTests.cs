using ActorJobs.TestKit.CloudApi;
using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Sending;

/// <summary>Messages leave through the Cloud API's fake: each once, in order, or it is a dead letter with its reason.</summary>
public sealed class CloudApiSendingTests : IAsyncLifetime
{
    private const string Customer = "5511977776666";

    private FakeCloudApi api = null!;
    private ConversationsNode node = null!;

    public async ValueTask InitializeAsync()
    {
        api = await FakeCloudApi.StartAsync();
        node = await ConversationsNode.StartAsync(options =>
        {
            options.Gateway = ConversationGateway.CloudApi;
            options.CloudApi.Url = api.Url;
            options.CloudApi.AccessToken = FakeCloudApi.Token;
            options.CloudApi.Timeout = TimeSpan.FromSeconds(2);
            options.DoubtFor = TimeSpan.FromSeconds(1);
            options.Pace.PairInterval = TimeSpan.FromMilliseconds(1);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task An_order_is_answered_with_text_buttons_and_a_quote()
    {
        await SayAsync("hello", "10 sacks of cement", "that's all", "01310-100", "yes");
        await node.WhenAsync(Customer, state => state is { Stage: ConversationStage.Quoted, HasWork: false });

        Assert.Equal(["text", "interactive", "text", "interactive", "interactive"], api.Taken.Select(message => message.Type));
        Assert.Contains("389.00", api.Taken[^1].Body, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 5).Select(number => $"aj:{number}"), api.Taken.Select(message => message.Mark));
    }

    [Theory]
    [InlineData(CloudFault.RateLimited)]
    [InlineData(CloudFault.PairLimited)]
    [InlineData(CloudFault.ServerError)]
    [InlineData(CloudFault.NoJson)]
    [InlineData(CloudFault.RequestLost)]
    [InlineData(CloudFault.AnswerLost)]
    [InlineData(CloudFault.RequestHeld)]
    [InlineData(CloudFault.AnswerHeld)]
    public async Task What_passes_is_retried_and_each_message_is_sent_once_in_order(CloudFault fault)
    {
        // the network reports what it took, also when its answer was lost
        api.OnTaken = message => node.HearAsync(Payloads.Status(message, "sent"));
        api.Fault = (count, _) => count is 0 or 2 ? fault : CloudFault.None;

        await SayAsync("hello", "10 sacks of cement", "that's all");
        var state = await node.WhenAsync(Customer, state => state is { HasWork: false, Sent.Count: 3 });

        Assert.Equal(["aj:1", "aj:2", "aj:3"], api.Taken.Select(message => message.Mark));
        Assert.Empty(state.Failed);
    }

    [Theory]
    [InlineData(CloudFault.RequestHeld, 2)]
    [InlineData(CloudFault.AnswerHeld, 1)]
    public async Task A_request_that_is_never_answered_ends_with_the_time_the_client_has_for_it(CloudFault fault, int requests)
    {
        api.OnTaken = message => node.HearAsync(Payloads.Status(message, "sent"));
        api.Fault = (count, _) => count == 0 ? fault : CloudFault.None;

        await SayAsync("hello");
        await node.WhenAsync(Customer, state => state is { HasWork: false, Sent.Count: 1 });
        var job = await JobAsync(1, JobStatus.Completed);

        Assert.Equal("The Cloud API did not answer in time.", job.Attempts[0].Error?.Message);
        Assert.InRange(job.Attempts[0].FinishedAt!.Value - job.Attempts[0].StartedAt, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(15));
        Assert.Equal(["aj:1"], api.Taken.Select(message => message.Mark));
        Assert.Equal(requests, api.Asked.Count);
    }

    [Fact]
    public async Task What_will_never_be_taken_is_a_dead_letter_with_its_reason_and_the_next_message_goes()
    {
        api.Fault = (count, _) => count == 0 ? CloudFault.Undeliverable : CloudFault.None;

        await SayAsync("hello", "10 sacks of cement");
        var state = await node.WhenAsync(Customer, state => state is { HasWork: false, Sent.Count: 1 });

        Assert.Equal([1], state.Failed.Select(failed => failed.Number));
        Assert.Equal(["aj:2"], api.Taken.Select(message => message.Mark));
        var job = await JobAsync(1, JobStatus.Discarded);
        Assert.Contains("(131026) Message undeliverable", job.Error!.Message, StringComparison.Ordinal);
        Assert.Single(job.Attempts);
    }

    [Fact]
    public async Task A_dead_letter_that_a_person_retries_is_sent()
    {
        api.Fault = (count, _) => count == 0 ? CloudFault.Undeliverable : CloudFault.None;
        await SayAsync("hello");
        await node.WhenAsync(Customer, state => state is { HasWork: false, Failed.Count: 1 });
        await JobAsync(1, JobStatus.Discarded);

        await node.Services.GetRequiredService<IJobClient>().RetryAsync(SendId(1));

        await node.WhenAsync(Customer, state => state is { Failed.Count: 0, Sent.Count: 1 });
        Assert.Equal(["aj:1"], api.Taken.Select(message => message.Mark));
    }

    [Fact]
    public async Task A_job_that_gave_up_ends_its_message_and_the_next_one_goes()
    {
        api.Fault = (_, message) => message.Mark == "aj:1" ? CloudFault.ServerError : CloudFault.None;
        await SayAsync("hello");
        await node.WhenAsync(Customer, state => state.Outbox is [{ StartedAt: null }] && api.Asked.Count > 0);

        await node.Services.GetRequiredService<IJobClient>().CancelAsync(SendId(1));
        await SayAsync("10 sacks of cement");

        var state = await node.WhenAsync(Customer, state => state is { HasWork: false, Sent.Count: 1 });
        Assert.Equal([1], state.Failed.Select(failed => failed.Number));
    }

    [Fact]
    public async Task An_expired_token_is_waited_out_and_no_secret_is_logged()
    {
        await using var wrong = await ConversationsNode.StartAsync(options =>
        {
            options.Gateway = ConversationGateway.CloudApi;
            options.CloudApi.Url = api.Url;
            options.CloudApi.AccessToken = "EAAexpired";
        });
        await wrong.HearAsync(Payloads.Text(Customer, "wamid.1", "hello", DateTimeOffset.UtcNow.ToUnixTimeSeconds()));

        var failed = await EventAsync<SendFailed>(wrong);
        Assert.False(failed.IsFinal);
        Assert.Contains("(190)", failed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong.Logs.All, line => line.Contains("EAAexpired", StringComparison.Ordinal)
            || line.Contains(ConversationsNode.Secret, StringComparison.Ordinal) || line.Contains(ConversationsNode.VerifyToken, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Statuses_of_the_network_are_recorded_once_and_only_forwards()
    {
        await SayAsync("hello");
        await node.WhenAsync(Customer, state => state.Sent.Count == 1);
        var message = api.Taken[0];

        foreach (var status in new[] { "delivered", "sent", "read", "delivered", "read" })
            await node.HearAsync(Payloads.Status(message, status));

        var view = await node.GetAsync($"/api/v1/conversations/{Payloads.Business}.{Customer}");
        Assert.Equal("Read", view.GetProperty("messages")[1].GetProperty("status").GetString());
        var events = await node.GetAsync($"/api/v1/conversations/{Payloads.Business}.{Customer}/events");
        Assert.Equal(2, events.GetProperty("items").EnumerateArray().Count(item => item.GetProperty("type").GetString() == "conversation.delivery-reported.v1"));
    }

    private int said;

    private async Task SayAsync(params string[] lines)
    {
        foreach (var line in lines)
        {
            var number = said++;
            await node.HearAsync(Payloads.Text(Customer, $"wamid.in.{number}", line, DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        }
    }

    private static JobId SendId(long number) => ConversationKinds.SendId($"{Payloads.Business}.{Customer}", number);

    private async Task<JobView> JobAsync(long number, JobStatus expected)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (var view in node.Services.GetRequiredService<IJobClient>().WatchAsync(SendId(number), deadline.Token))
        {
            if (view.State == expected)
                return view;
        }

        throw new InvalidOperationException($"The job did not become {expected}.");
    }

    private static async Task<TEvent> EventAsync<TEvent>(ConversationsNode of)
    {
        var reading = of.Services.GetRequiredService<ConversationReading>();
        using var changes = of.Services.GetRequiredService<ConversationFeed>().Subscribe();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var history = await reading.HistoryAsync(new ConversationId(Payloads.Business, Customer), 0, 100, deadline.Token);
            if (history.Select(stored => stored.Event).OfType<TEvent>().FirstOrDefault() is { } found)
                return found;
            await changes.WaitAsync(deadline.Token);
        }
    }
}
