using System.Collections.Concurrent;
using System.Text.Json;

namespace ActorJobs.Server.Tests.Flows;

/// <summary>A careers site, and an OpenAI-compatible endpoint, on loopback that take their time and count what they are asked. They outlive the node that asks.</summary>
internal sealed class CountedSite : IAsyncDisposable
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication app;
    private readonly int postings;

    private CountedSite(WebApplication app, int postings) => (this.app, this.postings) = (app, postings);

    public string Root => app.Urls.First();

    /// <summary>The paths that were asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The pages whose answer was sent.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>The texts of postings that the model was asked about, in order.</summary>
    public ConcurrentQueue<string> Enriched { get; } = new();

    /// <summary>The paths asked for more than once, <c>robots.txt</c> aside, which a node keeps in its memory.</summary>
    public IReadOnlyList<string> Repeated => [.. Asked.GroupBy(path => path).Where(same => same.Key != "/robots.txt" && same.Count() > 1).Select(same => same.Key)];

    public static async Task<CountedSite> StartAsync(int postings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var site = new CountedSite(builder.Build(), postings);
        site.app.MapPost("/v1/chat/completions", site.CompleteAsync);
        site.app.MapFallback(site.AnswerAsync);
        await site.app.StartAsync();
        return site;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Asked.Enqueue(path);
        await Task.Delay(Latency, context.RequestAborted);
        context.Response.ContentType = "text/html; charset=utf-8";
        if (path == "/")
        {
            await context.Response.WriteAsync(string.Concat(Enumerable.Range(1, postings).Select(number => $"<a href='/jobs/{number}'>Engineer {number}</a>")));
        }
        else if (path.StartsWith("/jobs/", StringComparison.Ordinal))
        {
            var number = path["/jobs/".Length..];
            await context.Response.WriteAsync(
                $"<h1>Engineer {number}</h1><dl><dt>Company</dt><dd>Acme</dd><dt>Location</dt><dd>Berlin</dd><dt>Salary</dt><dd>50000 EUR</dd></dl><p>Work {Root} number {number}.</p>");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        Sent.Enqueue(path);
    }

    private async Task CompleteAsync(HttpContext context)
    {
        var request = await context.Request.ReadFromJsonAsync<JsonElement>(context.RequestAborted);
        Enriched.Enqueue(request.GetProperty("messages")[1].GetProperty("content").GetString()!);
        await Task.Delay(Latency, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(new
        {
            id = "1",
            @object = "chat.completion",
            choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = """{"skills":[],"seniority":null,"salary":null,"remote":null,"language":"en"}""" } } },
            usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
        });
    }
}
