using System.Globalization;
using System.Text.Json;
using ActorJobs.Builtin;
using ActorJobs.Client;
using ActorJobs.Server.Tests.Engine;

namespace ActorJobs.Server.Tests.Leases;

/// <summary>What <c>builtin.http</c> makes of an endpoint's answers, as docs/remote-workers.md has it.</summary>
public sealed class HttpStatusTests : IAsyncLifetime
{
    private readonly List<string> attempts = []; // written by one request after the other
    private WebApplication endpoint = null!;
    private EngineHost host = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        endpoint = builder.Build();
        // the first request is answered as the address says, all others with 200
        endpoint.MapPost("/{status:int}", (int status, HttpContext context) =>
        {
            attempts.Add($"{context.Request.Headers["X-ActorJobs-Kind"]} {context.Request.Headers["X-ActorJobs-Attempt"]}");
            if (status == 429)
                context.Response.Headers.RetryAfter = "1";
            return Results.Text("done", statusCode: attempts.Count == 1 ? status : 200);
        });
        await endpoint.StartAsync();
        host = await EngineHost.StartAsync(jobs => jobs.Services.Configure<HttpJobOptions>(options => options.AllowedAddresses = ["127.0.0.1"]));
    }

    [Theory]
    [InlineData(200, "Completed", 1)]
    [InlineData(201, "Completed", 1)]
    [InlineData(408, "Completed", 2)]
    [InlineData(429, "Completed", 2)]
    [InlineData(500, "Completed", 2)]
    [InlineData(503, "Completed", 2)]
    [InlineData(400, "Discarded", 1)]
    [InlineData(404, "Discarded", 1)]
    [InlineData(409, "Discarded", 1)]
    public async Task An_answer_completes_is_retried_or_discards(int status, string state, int tries)
    {
        var submitted = await host.Client.SubmitAsync(new SubmitJob
        {
            Kind = "builtin.http",
            Args = JsonSerializer.SerializeToElement(new { url = string.Create(CultureInfo.InvariantCulture, $"{endpoint.Urls.First()}/{status}"), body = 1 }),
            Backoff = new BackoffRule { Type = "fixed", Delay = TimeSpan.FromMilliseconds(1) },
        });

        var job = await host.EndOfAsync(submitted.Id);

        Assert.Equal((state, tries), (job.State, job.Attempts.Count));
        Assert.Equal(Enumerable.Range(1, tries).Select(number => $"builtin.http {number}"), attempts);
        if (state == "Completed")
            Assert.Equal("done", job.Result!.Value.GetProperty("body").GetString());
        if (status == 429) // as the endpoint asks, not as the job's own rule has it
            Assert.InRange(job.Attempts[1].StartedAt - job.Attempts[0].FinishedAt!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await endpoint.StopAsync();
        await endpoint.DisposeAsync();
    }
}
