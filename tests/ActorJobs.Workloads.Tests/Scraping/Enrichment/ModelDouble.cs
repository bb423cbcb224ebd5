using System.Collections.Concurrent;
using System.Text.Json;

namespace ActorJobs.Workloads.Tests.Scraping.Enrichment;

/// <summary>
/// An OpenAI-compatible endpoint on loopback. It checks what it is sent as vLLM and Ollama do, and answers with what a test says; there is no model in it.
/// </summary>
internal sealed class ModelDouble : IAsyncDisposable
{
    private readonly LoopbackSite site;
    private int underWay; // counted by requests, read by the test

    private ModelDouble(LoopbackSite site) => this.site = site;

    public Uri Endpoint => site.At("/v1");

    /// <summary>The bodies that arrived.</summary>
    public ConcurrentQueue<JsonElement> Requests { get; } = new();

    /// <summary>The answer's content for the posting it is asked about, and the status.</summary>
    public Func<string, (int Status, string Content)> Answer { get; set; } = _ => (200, """{"skills":["Sextant"],"seniority":"Lead","salary":null,"remote":true,"language":"en"}""");

    /// <summary>How long it takes for each answer. Default: no time.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many questions it is at.</summary>
    public int UnderWay => underWay;

    public string? Authorization { get; private set; }

    public static async Task<ModelDouble> StartAsync()
    {
        ModelDouble? model = null;
        model = new ModelDouble(await LoopbackSite.StartAsync(context => model!.CompleteAsync(context)));
        return model;
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    private async Task CompleteAsync(HttpContext context)
    {
        if (context.Request.Method != "POST" || context.Request.Path != "/v1/chat/completions")
        {
            context.Response.StatusCode = 404;
            return;
        }

        var request = await context.Request.ReadFromJsonAsync<JsonElement>();
        Requests.Enqueue(request.Clone());
        Authorization = context.Request.Headers.Authorization;
        var isStructured = request.GetProperty("response_format").GetProperty("type").GetString() == "json_schema"
            && request.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema").GetProperty("type").GetString() == "object";
        Interlocked.Increment(ref underWay);
        try
        {
            await Task.Delay(Delay, context.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }

        var (status, content) = isStructured ? Answer(request.GetProperty("messages")[1].GetProperty("content").GetString()!) : (400, "");
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new
        {
            id = "chatcmpl-1",
            @object = "chat.completion",
            choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content } } },
            usage = new { prompt_tokens = 120, completion_tokens = 30, total_tokens = 150 },
        });
    }
}
