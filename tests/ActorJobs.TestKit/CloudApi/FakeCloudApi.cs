using System.Text;
using System.Text.Json;

namespace ActorJobs.TestKit.CloudApi;

/// <summary>
/// Stands in for Meta's Cloud API on a free port of the loopback interface: takes messages as it does, records them, and fails as it does when the test
/// says so. It keeps its promise about statuses: a message it took is reported, also when its answer was lost.
/// </summary>
public sealed class FakeCloudApi : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new(); // guards the lists
    private readonly List<FakeCloudMessage> taken = [];
    private readonly List<FakeCloudMessage> asked = [];

    private FakeCloudApi(WebApplication app) => this.app = app;

    /// <summary>The token that is asked for.</summary>
    public const string Token = "EAAtestingtoken";

    /// <summary>Its address, with a slash at the end.</summary>
    public Uri Url => new(app.Urls.First() + "/");

    /// <summary>What happens to a request, by its number from 0 and what it asks for. Default: it is taken.</summary>
    public Func<int, FakeCloudMessage, CloudFault> Fault { get; set; } = (_, _) => CloudFault.None;

    /// <summary>Told of every message that was taken, after its answer was sent or lost, or while it is held back: to report it by webhook.</summary>
    public Func<FakeCloudMessage, Task> OnTaken { get; set; } = _ => Task.CompletedTask;

    /// <summary>The messages that were taken, in order: what customers would have got.</summary>
    public IReadOnlyList<FakeCloudMessage> Taken
    {
        get
        {
            lock (gate)
                return [.. taken];
        }
    }

    /// <summary>Every request that carried the token, also those that failed.</summary>
    public IReadOnlyList<FakeCloudMessage> Asked
    {
        get
        {
            lock (gate)
                return [.. asked];
        }
    }

    /// <summary>Starts it.</summary>
    public static async Task<FakeCloudApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var api = new FakeCloudApi(builder.Build());
        api.app.MapPost("/{version}/{number}/messages", (HttpContext context, string number) => api.AnswerAsync(context, number));
        await api.app.StartAsync();
        return api;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, string number)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            await ErrorAsync(context, 401, 190, "Error validating access token");
            return;
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var message = MessageOf(number, body.RootElement);
        int count;
        lock (gate)
        {
            count = asked.Count;
            asked.Add(message);
        }

        var fault = Fault(count, message);
        var isTaken = fault is CloudFault.None or CloudFault.AnswerLost or CloudFault.AnswerHeld;
        if (isTaken)
            Take(message);
        if (fault is not (CloudFault.AnswerHeld or CloudFault.RequestHeld))
            await AnswerAsync(context, fault, message);
        if (isTaken)
            await OnTaken(message);
        if (fault is CloudFault.AnswerHeld or CloudFault.RequestHeld)
            await HoldAsync(context);
    }

    // until the client gives up, or the fake is stopped
    private async Task HoldAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, app.Lifetime.ApplicationStopping);
        await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private void Take(FakeCloudMessage message)
    {
        lock (gate)
            taken.Add(message);
    }

    private static Task AnswerAsync(HttpContext context, CloudFault fault, FakeCloudMessage message)
    {
        switch (fault)
        {
            case CloudFault.None:
                return context.Response.WriteAsJsonAsync(new
                {
                    messaging_product = "whatsapp",
                    contacts = new[] { new { input = message.To, wa_id = message.To } },
                    messages = new[] { new { id = message.Wamid } },
                });
            case CloudFault.RateLimited:
                context.Response.Headers.RetryAfter = "1";
                return ErrorAsync(context, 429, 130429, "Rate limit hit");
            case CloudFault.PairLimited:
                context.Response.Headers.RetryAfter = "1";
                return ErrorAsync(context, 400, 131056, "(Business Account, Consumer Account) pair rate limit hit");
            case CloudFault.ServerError:
                return ErrorAsync(context, 500, 131000, "Something went wrong");
            case CloudFault.Undeliverable:
                return ErrorAsync(context, 400, 131026, "Message undeliverable");
            case CloudFault.NoJson:
                context.Response.StatusCode = 502;
                return context.Response.WriteAsync("<html>Bad gateway</html>");
            default:
                // neither answers: one after it took the message, the other before
                context.Abort();
                return Task.CompletedTask;
        }
    }

    private static Task ErrorAsync(HttpContext context, int status, int code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { message = $"(#{code}) {message}", type = "OAuthException", code, error_data = new { messaging_product = "whatsapp", details = message }, fbtrace_id = "A1" } });
    }

    private static FakeCloudMessage MessageOf(string number, JsonElement body)
    {
        var to = body.GetProperty("to").GetString()!;
        var mark = body.TryGetProperty("biz_opaque_callback_data", out var opaque) ? opaque.GetString() : null;
        var type = body.GetProperty("type").GetString()!;
        return new(number, to, type, body.GetRawText(), mark, "wamid." + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{number}/{to}/{mark}")));
    }
}

/// <summary>A message as the fake got it.</summary>
/// <param name="From">The id of the business's number.</param>
/// <param name="To">The customer.</param>
/// <param name="Type">text, interactive or template.</param>
/// <param name="Body">The whole request.</param>
/// <param name="Mark">What comes back with statuses.</param>
/// <param name="Wamid">The id it gets.</param>
public sealed record FakeCloudMessage(string From, string To, string Type, string Body, string? Mark, string Wamid);

/// <summary>How a request fails.</summary>
public enum CloudFault
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>429, error 130429, with Retry-After.</summary>
    RateLimited,

    /// <summary>400, error 131056: too many to the same customer.</summary>
    PairLimited,

    /// <summary>500, error 131000.</summary>
    ServerError,

    /// <summary>400, error 131026: will never be delivered.</summary>
    Undeliverable,

    /// <summary>502 with a page of HTML.</summary>
    NoJson,

    /// <summary>The message is taken, and the line is cut before the answer.</summary>
    AnswerLost,

    /// <summary>The line is cut and nothing was taken.</summary>
    RequestLost,

    /// <summary>The message is taken, the line stays open, and no answer ever comes.</summary>
    AnswerHeld,

    /// <summary>Nothing is taken, the line stays open, and no answer ever comes.</summary>
    RequestHeld,
}
