using System.Collections.Concurrent;

namespace ActorJobs.Workloads.Tests.Scraping;

/// <summary>A real web server on a free port of the loopback interface, whose answers a test writes.</summary>
internal sealed class LoopbackSite : IAsyncDisposable
{
    private readonly WebApplication app;

    private LoopbackSite(WebApplication app) => this.app = app;

    public Uri Root => new(app.Urls.First() + "/");

    public int Port => Root.Port;

    /// <summary>The requests that arrived, path and query, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Starts a site; <c>robots.txt</c> is 404 unless <paramref name="answer"/> answers it.</summary>
    public static async Task<LoopbackSite> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var site = new LoopbackSite(builder.Build());
        site.app.Run(context =>
        {
            site.Requests.Enqueue(context.Request.Path + context.Request.QueryString);
            return answer(context);
        });
        await site.app.StartAsync();
        return site;
    }

    public Uri At(string path) => new(Root, path);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
