using System.Text.Json;
using System.Threading.Channels;

namespace ActorJobs.Workloads.Tests.Documents.Embedding;

/// <summary>An endpoint as OpenAI has it, on a free port: answers each request by a rule and counts how many it had at once.</summary>
internal sealed class FakeEndpoint : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<JsonElement> arrived = Channel.CreateUnbounded<JsonElement>();
    private int inFlight;
    private int most;

    private FakeEndpoint(WebApplication app) => this.app = app;

    public string Url => app.Urls.First() + "/v1";

    /// <summary>The most requests there were at once.</summary>
    public int MostInFlight => Volatile.Read(ref most);

    /// <summary>The bodies of the requests, as they come in.</summary>
    public ChannelReader<JsonElement> Arrived => arrived.Reader;

    /// <summary>The keys that requests have come with.</summary>
    public string? Authorization { get; private set; }

    /// <summary>Answers a request; given its number from 1, its body and its answer.</summary>
    public Func<int, JsonElement, HttpContext, Task> Answer { get; set; } = static (_, body, context) => VectorsAsync(body, context);

    public static async Task<FakeEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new FakeEndpoint(builder.Build());
        var number = 0;
        endpoint.app.MapPost("/v1/embeddings", async context =>
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
            endpoint.Authorization = context.Request.Headers.Authorization;
            var now = Interlocked.Increment(ref endpoint.inFlight);
            for (var seen = endpoint.MostInFlight; now > seen; seen = endpoint.MostInFlight)
                Interlocked.CompareExchange(ref endpoint.most, now, seen);
            endpoint.arrived.Writer.TryWrite(body);
            try
            {
                await endpoint.Answer(Interlocked.Increment(ref number), body, context);
            }
            finally
            {
                Interlocked.Decrement(ref endpoint.inFlight);
            }
        });
        await endpoint.app.StartAsync();
        return endpoint;
    }

    /// <summary>A vector for each text, last text first: (its length, 1, 0).</summary>
    public static Task VectorsAsync(JsonElement body, HttpContext context) => context.Response.WriteAsJsonAsync(new
    {
        @object = "list",
        data = body.GetProperty("input").EnumerateArray().Select(static (text, index) => new { index, embedding = new float[] { text.GetString()!.Length, 1, 0 } }).Reverse(),
    });

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
