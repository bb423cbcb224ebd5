using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using ActorJobs.Client;
using ActorJobs.Server.Tests.Engine;

namespace ActorJobs.Server.Tests.Telemetry;

/// <summary>A caller's trace goes through the submit, the wait, the attempts and what they submit, without a gap.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task A_trace_is_one_tree_from_the_caller_to_the_grandchildren()
    {
        var trace = ActivityTraceId.CreateRandom();
        using var spans = new Spans(trace);
        await using var host = await EngineHost.StartAsync(jobs => jobs.AddHandler<int, Parent>("test.parent"));

        var parent = await SubmitAsync(host, "test.parent", $"00-{trace}-b7ad6b7169203331-01");
        await host.EndOfAsync(parent);

        var tree = await spans.OfAsync(8);
        var submit = Assert.Single(tree, span => span.OperationName == "submit" && span.Parent!.Source.Name != "ActorJobs");
        var attempt = Assert.Single(tree, span => IsOf(span, "process", parent));
        Assert.Equal(submit.SpanId, attempt.ParentSpanId);
        Assert.Equal(submit.SpanId, Assert.Single(tree, span => IsOf(span, "wait", parent)).ParentSpanId);
        var children = Assert.Single(tree, span => span.OperationName == "submit" && span != submit);
        Assert.Equal(attempt.SpanId, children.ParentSpanId);
        Assert.All(tree.Where(span => span.GetTagItem("actorjobs.job.kind") is "builtin.echo"), span => Assert.Equal(children.SpanId, span.ParentSpanId));
        Assert.All(tree, span => Assert.Equal(trace, span.TraceId));
    }

    [Fact]
    public async Task Each_attempt_is_a_span_with_its_outcome()
    {
        var trace = ActivityTraceId.CreateRandom();
        using var spans = new Spans(trace);
        await using var host = await EngineHost.StartAsync();

        var id = await SubmitAsync(host, "builtin.fail", $"00-{trace}-b7ad6b7169203331-01", new { Times = 1, Message = "no paper" });
        await host.EndOfAsync(id);

        var attempts = (await spans.OfAsync(5)).Where(span => IsOf(span, "process", id)).OrderBy(span => span.GetTagItem("actorjobs.job.attempt")).ToArray();
        Assert.Equal([(ActivityStatusCode.Error, "no paper"), (ActivityStatusCode.Unset, null)], attempts.Select(span => (span.Status, span.StatusDescription)));
    }

    [Fact]
    public async Task A_handler_is_handed_the_callers_trace_though_nobody_listens()
    {
        await using var host = await EngineHost.StartAsync(jobs => jobs.AddHandler<int, TraceTeller>("test.trace"));
        var trace = ActivityTraceId.CreateRandom();

        var traced = await host.EndOfAsync(await SubmitAsync(host, "test.trace", $"00-{trace}-b7ad6b7169203331-00"));

        var told = traced.Result!.Value;
        Assert.Equal(trace.ToString(), told.GetProperty("current").GetString());
        Assert.StartsWith($"00-{trace}-", told.GetProperty("traceParent").GetString());
        Assert.Equal(trace.ToString(), traced.TraceId);
    }

    [Fact]
    public async Task A_job_without_a_trace_stores_none()
    {
        await using var host = await EngineHost.StartAsync();

        var job = await host.EndOfAsync((await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1))).Id);
        var history = await host.Http.GetStringAsync($"api/v1/jobs/{job.Id}/events");

        Assert.DoesNotContain("trace", history, StringComparison.Ordinal);
    }

    private static bool IsOf(Activity span, string what, string id) =>
        span.DisplayName.StartsWith(what + " ", StringComparison.Ordinal) && (string?)span.GetTagItem("messaging.message.id") == id;

    private static async Task<string> SubmitAsync(EngineHost host, string kind, string traceParent, object? args = null)
    {
        // a plain handler: the platform's would send a trace of its own
        using var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = host.Http.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/jobs")
        {
            Content = JsonContent.Create(new { kind, args = args ?? 0, backoff = new { type = "fixed", delay = 0 } }),
        };
        request.Headers.Add("traceparent", traceParent);
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private sealed class Parent : IJobHandler<int, int>
    {
        public async ValueTask<JobOutcome<int>> RunAsync(int args, JobContext context)
        {
            var children = await context.SubmitChildrenAsync("c", [JobRequest.Of("builtin.echo", 1), JobRequest.Of("builtin.echo", 2)]);
            await context.WaitForAsync([.. children.Cast<SubmitResult.Accepted>().Select(child => child.Id)], context.Cancellation);
            return 0;
        }
    }

    private sealed class TraceTeller : IJobHandler<int, TraceTeller.Told>
    {
        public sealed record Told(string? Current, string? TraceParent);

        public ValueTask<JobOutcome<Told>> RunAsync(int args, JobContext context) =>
            ValueTask.FromResult<JobOutcome<Told>>(new Told(Activity.Current?.TraceId.ToString(), context.TraceParent));
    }

    /// <summary>Listens to the spans of one trace, from ActorJobs and the web server; other tests run in this process too.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> ended = new();
        private readonly SemaphoreSlim news = new(0);
        private readonly ActivityListener listener;

        public Spans(ActivityTraceId trace)
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is "ActorJobs" or "Microsoft.AspNetCore",
                Sample = (ref ActivityCreationOptions<ActivityContext> span) => span.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
                ActivityStopped = span =>
                {
                    ended.Enqueue(span);
                    news.Release();
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        /// <summary>The ended spans of ActorJobs once there are so many: a job's end is seen before its span's.</summary>
        public async Task<IReadOnlyList<Activity>> OfAsync(int count)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (true)
            {
                Activity[] found = [.. ended.Where(span => span.Source.Name == "ActorJobs")];
                if (found.Length >= count)
                    return found;
                await news.WaitAsync(patience.Token);
            }
        }

        public void Dispose()
        {
            listener.Dispose();
            news.Dispose();
        }
    }
}
