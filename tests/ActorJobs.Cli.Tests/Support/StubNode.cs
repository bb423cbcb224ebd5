namespace ActorJobs.Cli.Tests;

/// <summary>Something that answers as the test says, on a free port of this machine.</summary>
internal sealed class StubNode : IAsyncDisposable
{
    private readonly WebApplication app;

    private StubNode(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    public static async Task<StubNode> StartAsync(RequestDelegate answer, Action<Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        if (listen is null)
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        else
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new StubNode(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
