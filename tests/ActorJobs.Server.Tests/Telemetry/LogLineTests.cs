using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ActorJobs.Server.Tests.Engine;
using ActorJobs.Server.Tests.Node;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace ActorJobs.Server.Tests.Telemetry;

/// <summary>A line of the log says which job, attempt and trace it belongs to, whoever wrote it.</summary>
public sealed partial class LogLineTests
{
    private static readonly ActivityTraceId Trace = ActivityTraceId.CreateRandom();

    [Fact]
    public async Task What_a_handler_logs_carries_the_ids_of_its_job_and_trace()
    {
        var lines = new Lines();
        using var log = new LoggerConfiguration().Enrich.With<LineIds>().WriteTo.Sink(lines).CreateLogger();
        await using var host = await EngineHost.StartAsync(jobs =>
        {
            jobs.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(new SerilogLoggerProvider(log)));
            jobs.AddHandler<int, Talker>("test.talk");
        });
        var traced = await SubmitAsync(host.Http, """{"kind":"test.talk","args":1}""", $"00-{Trace}-b7ad6b7169203331-01");
        var plain = await SubmitAsync(host.Http, """{"kind":"test.talk","args":2}""", null);
        await host.EndOfAsync(traced);
        await host.EndOfAsync(plain);

        Assert.Contains($"talk 1 [job {traced} attempt 1 trace {Trace}]", lines.Text, StringComparison.Ordinal);
        Assert.Contains($"talk 2 [job {plain} attempt 1]", lines.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_writes_JSON_with_the_ids_of_a_dead_letter_as_properties()
    {
        await using var node = await NodePlace.StartNewAsync("--ActorJobs:Store=memory", "--ActorJobs:Log:Format=json", "--ActorJobs:Log:File=logs/node.log");
        var id = await SubmitAsync(node.Http, """{"kind":"builtin.fail","args":{"times":9,"message":"no paper"},"maxAttempts":1}""", $"00-{Trace}-b7ad6b7169203331-01");
        await node.UntilAsync(id, job => job.HasEnded());
        await node.Process.KillAsync();

        var lines = File.ReadAllLines(Directory.EnumerateFiles(Path.Combine(node.Folder, "logs")).Single()).Select(line => JsonElement.Parse(line)).ToArray();

        var dead = Assert.Single(lines, line => line.GetProperty("MessageTemplate").GetString()!.Contains("dead letter", StringComparison.Ordinal));
        Assert.Equal("Warning", dead.GetProperty("Level").GetString());
        Assert.Equal((id, "builtin.fail", Trace.ToString()), (Property(dead, "JobId"), Property(dead, "JobKind"), Property(dead, "JobTraceId")));
        Assert.Contains("no paper", dead.GetProperty("RenderedMessage").GetString(), StringComparison.Ordinal);
    }

    private static string? Property(JsonElement line, string name) => line.GetProperty("Properties").GetProperty(name).GetString();

    private static async Task<string> SubmitAsync(HttpClient to, string body, string? traceParent)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = to.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/jobs") { Content = new StringContent(body, null, "application/json") };
        if (traceParent is not null)
            request.Headers.Add("traceparent", traceParent);
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
    }

    private sealed partial class Talker(ILogger<Talker> logger) : IJobHandler<int, int>
    {
        public async ValueTask<JobOutcome<int>> RunAsync(int args, JobContext context)
        {
            await Task.Yield();
            Talk(logger, args);
            return args;
        }

        [LoggerMessage(LogLevel.Information, "talk {Number}")]
        private static partial void Talk(Microsoft.Extensions.Logging.ILogger logger, int number);
    }

    private sealed class Lines : ILogEventSink
    {
        private readonly Serilog.Formatting.ITextFormatter formatter = NodeLogging.Lines(NodeLogging.ConsoleLine, isJson: false);
        private readonly ConcurrentQueue<string> lines = new();

        public string Text => string.Concat(lines);

        public void Emit(LogEvent logEvent)
        {
            using var line = new StringWriter(CultureInfo.InvariantCulture);
            formatter.Format(logEvent, line);
            lines.Enqueue(line.ToString());
        }
    }
}
