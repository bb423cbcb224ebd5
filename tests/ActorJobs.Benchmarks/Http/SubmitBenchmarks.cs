using ActorJobs.Client;
using BenchmarkDotNet.Attributes;

namespace ActorJobs.Benchmarks.Http;

/// <summary>Submits over HTTP to a whole node with its store in memory, client and node in this process; nobody runs the jobs, so that only submitting is measured.</summary>
public class SubmitBenchmarks
{
    private const int Batch = 500;
    private const string Queue = "bench";

    private readonly SubmitJob job = SubmitJob.Of("builtin.echo", new { text = new string('x', 189) }) with { Queue = Queue };
    private IReadOnlyList<SubmitJob> batch = [];
    private WebApplication node = null!;
    private HttpClient http = null!;
    private ActorJobsClient client = null!;

    [GlobalSetup]
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddActorJobs(_ => { });
        builder.Services.AddActorJobsApi();
        node = builder.Build();
        node.MapActorJobs();
        await node.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(node.Urls.First() + "/") };
        client = new ActorJobsClient(http);
        await client.PauseQueueAsync(Queue);
        batch = [.. Enumerable.Repeat(job, Batch)];
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        http.Dispose();
        await node.StopAsync();
        await node.DisposeAsync();
    }

    [Benchmark]
    public Task<SubmitReceipt> SubmitOne() => client.SubmitAsync(job);

    [Benchmark(OperationsPerInvoke = Batch)]
    public Task<BatchReceipt> SubmitBatch() => client.SubmitManyAsync(batch);
}
