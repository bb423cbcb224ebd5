using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActorJobs.Builtin;
using ActorJobs.Client;
using ActorJobs.Server.Tests.Engine;

namespace ActorJobs.Server.Tests.Leases;

/// <summary>Endpoints that <c>builtin.http</c> calls: they see who calls, and may answer later.</summary>
public sealed class HttpCallbackTests : IAsyncLifetime
{
    private const string Secret = "a secret of the endpoint";

    private readonly TaskCompletionSource<(IHeaderDictionary Headers, byte[] Body)> called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication endpoint = null!;
    private EngineHost host = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        endpoint = builder.Build();
        endpoint.MapPost("/", async (HttpContext context) =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            called.TrySetResult((new HeaderDictionary(context.Request.Headers.ToDictionary()), body.ToArray()));
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        });
        await endpoint.StartAsync();
        host = await EngineHost.StartAsync(jobs => jobs.Services.Configure<HttpJobOptions>(options =>
            (options.AllowedAddresses, options.Secret) = (["127.0.0.1"], Secret)));
    }

    [Fact]
    public async Task An_endpoint_that_answers_202_completes_the_job_by_calling_back()
    {
        var id = await SubmitAsync(maxAttempts: 1);
        var (headers, _) = await CalledAsync();

        using var progress = await TellAsync(headers, "progress", new { fraction = 0.25, message = "under way" });
        var running = await host.Client.GetJobAsync(id);
        using var complete = await TellAsync(headers, "complete", new { result = new { pages = 3 } });
        using var late = await TellAsync(headers, "fail", new { error = new { message = "too late" } });

        Assert.Equal((200, 200), ((int)progress.StatusCode, (int)complete.StatusCode));
        Assert.Equal("Running", running.State);
        Assert.Equal(("Completed", 3), ((await host.EndOfAsync(id)).State, (await host.Client.GetJobAsync(id)).Result!.Value.GetProperty("pages").GetInt32()));
        Assert.Equal(200, (int)late.StatusCode); // it has ended, as this caller has told
        Assert.Equal("Completed", (await host.Client.GetJobAsync(id)).State);
    }

    [Fact]
    public async Task An_endpoint_may_fail_the_attempt_later()
    {
        var id = await SubmitAsync(maxAttempts: 1);
        var (headers, _) = await CalledAsync();

        using var fail = await TellAsync(headers, "fail", new { error = new { type = "Busy", message = "no disk" } });
        var job = await host.EndOfAsync(id);

        Assert.Equal(("Discarded", "Busy"), (job.State, job.Error!.Type));
    }

    [Fact]
    public async Task A_job_that_is_never_called_back_times_out()
    {
        var id = await SubmitAsync(maxAttempts: 1, timeout: TimeSpan.FromMilliseconds(600));
        var (headers, _) = await CalledAsync();

        var job = await host.EndOfAsync(id);
        using var late = await TellAsync(headers, "complete", new { result = 1 });

        Assert.Equal("TimedOut", Assert.Single(job.Attempts).Outcome);
        Assert.Equal(409, (int)late.StatusCode);
    }

    [Fact]
    public async Task A_request_is_signed_so_that_its_endpoint_can_tell()
    {
        var id = await SubmitAsync(maxAttempts: 1);
        var (headers, body) = await CalledAsync();

        Assert.Equal(id, headers["webhook-id"]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{headers["webhook-timestamp"]}."), .. body];
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)), headers["webhook-signature"]);
        using var end = await TellAsync(headers, "complete", new { });
    }

    [Theory]
    [InlineData("http://10.0.0.1/", "AddressRefused", 1)]
    [InlineData("http://nobody.invalid/", "System.Net.Http.HttpRequestException", 2)]
    public async Task Only_what_a_retry_may_mend_is_retried(string url, string error, int attempts)
    {
        var submitted = await host.Client.SubmitAsync(new SubmitJob
        {
            Kind = "builtin.http",
            Args = JsonSerializer.SerializeToElement(new { url }),
            MaxAttempts = 2,
            Backoff = new BackoffRule { Type = "fixed", Delay = TimeSpan.FromMilliseconds(1) },
        });

        var job = await host.EndOfAsync(submitted.Id);

        Assert.Equal(("Discarded", error, attempts), (job.State, job.Error!.Type, job.Attempt));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await endpoint.StopAsync();
        await endpoint.DisposeAsync();
    }

    private async Task<string> SubmitAsync(int maxAttempts, TimeSpan? timeout = null) => (await host.Client.SubmitAsync(new SubmitJob
    {
        Kind = "builtin.http",
        Args = JsonSerializer.SerializeToElement(new { url = endpoint.Urls.First(), body = new { a = 1 } }),
        MaxAttempts = maxAttempts,
        Timeout = timeout,
    })).Id;

    private Task<(IHeaderDictionary Headers, byte[] Body)> CalledAsync() => called.Task.WaitAsync(TimeSpan.FromSeconds(20));

    private Task<HttpResponseMessage> TellAsync(IHeaderDictionary headers, string verb, object body) =>
        host.Http.PostAsJsonAsync($"{headers["X-ActorJobs-Callback"]}/{verb}", body);
}
