using System.Text;

namespace ActorJobs.Server.Tests.Api;

public sealed class BadBodyTests
{
    [Theory]
    [InlineData("""{}""", "missing-field", "/kind")]
    [InlineData("""{"kind":null}""", "missing-field", "/kind")]
    [InlineData("""[]""", "wrong-type", "")]
    [InlineData("""{"kind":7}""", "wrong-type", "/kind")]
    [InlineData("""{"kind":"mail.send","priority":"high"}""", "wrong-type", "/priority")]
    [InlineData("""{"kind":"mail.send","priority":1.5}""", "wrong-type", "/priority")]
    [InlineData("""{"kind":"mail.send","maxAttempts":99999999999}""", "wrong-type", "/maxAttempts")]
    [InlineData("""{"kind":"mail.send","delay":"soon"}""", "wrong-type", "/delay")]
    [InlineData("""{"kind":"mail.send","delay":-1}""", "wrong-type", "/delay")]
    [InlineData("""{"kind":"mail.send","delay":"P1M"}""", "wrong-type", "/delay")]
    [InlineData("""{"kind":"mail.send","runAt":"2026-11-22T10:00:00"}""", "wrong-type", "/runAt")]
    [InlineData("""{"kind":"mail.send","runAt":"2026-11-22T10:00:00Z","delay":1}""", "contradiction", "/runAt")]
    [InlineData("""{"kind":"mail.send","tags":["a",1]}""", "wrong-type", "/tags/1")]
    [InlineData("""{"kind":"mail.send","meta":{"a/b":1}}""", "wrong-type", "/meta/a~1b")]
    [InlineData("""{"kind":"mail.send","backoff":{"type":"linear"}}""", "wrong-type", "/backoff/type")]
    [InlineData("""{"kind":"mail.send","backoff":{}}""", "missing-field", "/backoff/type")]
    [InlineData("""{"kind":"mail.send","backoff":{"type":"list"}}""", "missing-field", "/backoff/delays")]
    [InlineData("""{"kind":"mail.send","backoff":{"type":"list","delays":[]}}""", "invalid-field", "/backoff/delays")]
    [InlineData("""{"kind":"mail.send","backoff":{"type":"fixed","wait":1}}""", "unknown-field", "/backoff/wait")]
    [InlineData("""{"kind":"mail.send","unique":{"scope":"period"}}""", "missing-field", "/unique/key")]
    [InlineData("""{"kind":"mail.send","unique":{"key":"k","onConflict":"panic"}}""", "wrong-type", "/unique/onConflict")]
    [InlineData("""{"kind":"mail.send","retries":3}""", "unknown-field", "/retries")]
    [InlineData("""{"kind":"mail.send","kind":"mail.send"}""", "duplicate-field", "/kind")]
    public async Task What_is_wrong_is_named_with_its_place(string body, string code, string place)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await host.PostAsync("/api/v1/jobs", body);

        Assert.Equal(400, status);
        Assert.Equal((code, place), (problem.GetProperty("code").GetString(), problem.GetProperty("pointer").GetString()));
        Assert.Empty(host.Engine.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"kind":"mail.send" """)]
    [InlineData("""{"kind":"mail.send"} x""")]
    [InlineData("""{"kind":"mail.send",}""")]
    [InlineData("""{"kind":"\ud800"}""")]
    [InlineData("""{"kind":"mail.send","args":"\ud800"}""")]
    [InlineData("""{"kind":"mail.send","args":{"a":[{"\udc00":1}]}}""")]
    public async Task Broken_JSON_is_refused(string body)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await host.PostAsync("/api/v1/jobs", body);

        Assert.Equal((400, "malformed-json"), (status, problem.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("", "it is empty in line 1")]
    [InlineData("""{"kind":"mail.send" """, "it breaks off in line 1")]
    [InlineData("""{"kind":"mail.send"} x""", "after its value something follows in line 1 at byte 22.")]
    [InlineData("""{"kind":"mail.send",}""", "a comma stands before the closing bracket in line 1 at byte 21.")]
    [InlineData("{\n/* why */ \"kind\":\"mail.send\"}", "a comment stands, which JSON does not have, in line 2 at byte 1.")]
    [InlineData("""{"kind":"mail.send","args":NaN}""", "'NaN' does not belong in line 1 at byte 28.")]
    [InlineData("""{'kind':"mail.send"}""", "a single quote stands, where JSON has double ones, in line 1 at byte 2.")]
    public async Task Broken_JSON_is_told_what_stands_where(string body, string said)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (_, problem, _) = await host.PostAsync("/api/v1/jobs", body);

        Assert.Contains(said, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("priority", "1.5", "Expected a whole number from -2147483648 to 2147483647, found 1.5.")]
    [InlineData("maxAttempts", "99999999999", "Expected a whole number from -2147483648 to 2147483647, found 99999999999.")]
    [InlineData("backoff", """{"type":"list","delays":[]}""", "The list is empty; allowed: 1 to 100 delays.")]
    public async Task What_was_found_and_what_is_allowed_is_said(string field, string value, string said)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (_, problem, _) = await host.PostAsync("/api/v1/jobs", $$"""{"kind":"mail.send","{{field}}":{{value}}}""");

        Assert.Equal(said, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_refused_even_inside_arguments()
    {
        await using var host = await FrontDoorHost.StartAsync();
        using var content = new ByteArrayContent([.. """{"kind":"mail.send","args":" """u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");

        var (status, problem, _) = await FrontDoorHost.ReadAsync(await host.Http.PostAsync("/api/v1/jobs", content));

        Assert.Equal((400, "malformed-json"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task An_unknown_field_is_refused_with_the_allowed_ones()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (_, problem, _) = await host.PostAsync("/api/v1/jobs", """{"kind":"mail.send","retries":3}""");

        Assert.Contains("kind, args, id, queue, priority, delay, runAt, maxAttempts", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(32, 202)]
    [InlineData(33, 400)]
    public async Task Arguments_nest_up_to_32_levels(int levels, int expected)
    {
        await using var host = await FrontDoorHost.StartAsync();
        var args = new string('[', levels) + new string(']', levels);

        var (status, answer, _) = await host.PostAsync("/api/v1/jobs", $$"""{"kind":"mail.send","args":{{args}}}""");

        Assert.Equal(expected, status);
        Assert.Equal(expected == 400 ? "too-deep" : null, answer.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_a_megabyte_is_refused_whether_or_not_it_says_so(bool announced)
    {
        await using var host = await FrontDoorHost.StartAsync();
        var body = Encoding.UTF8.GetBytes($$"""{"kind":"mail.send","args":"{{new string('x', 1 << 20)}}"}""");
        using HttpContent content = announced ? new ByteArrayContent(body) : new StreamContent(new UnsizedStream(body));
        content.Headers.ContentType = new("application/json");

        var (status, problem, _) = await FrontDoorHost.ReadAsync(await host.Http.PostAsync("/api/v1/jobs", content));

        Assert.Equal((413, "body-too-large"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_body_that_is_refused_halfway_leaves_no_error_in_the_log()
    {
        var errors = new ErrorLines();
        await using var host = await FrontDoorHost.StartAsync(
            services: services => services.AddLogging(log => log.SetMinimumLevel(LogLevel.Error).AddProvider(errors)));
        using var content = new StreamContent(new UnsizedStream(new byte[3 << 20]));
        content.Headers.ContentType = new("application/json");

        var (status, _, _) = await FrontDoorHost.ReadAsync(await host.Http.PostAsync("/api/v1/jobs", content));
        await host.DisposeAsync(); // the connection's end is written by then

        Assert.Equal(413, status);
        Assert.Empty(errors.All);
    }

    [Fact]
    public async Task A_duration_that_is_too_long_is_told_how_long_it_may_be()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await host.PostAsync("/api/v1/jobs", """{"kind":"mail.send","delay":1e15}""");

        Assert.Equal(400, status);
        Assert.Contains("at most 32000000000 seconds", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_by_its_type_is_refused()
    {
        await using var host = await FrontDoorHost.StartAsync();
        using var content = new StringContent("kind=mail.send", Encoding.UTF8, "application/x-www-form-urlencoded");

        var (status, _, _) = await FrontDoorHost.ReadAsync(await host.Http.PostAsync("/api/v1/jobs", content));

        Assert.Equal(415, status);
    }

    private sealed class ErrorLines : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                All.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
            // nothing is held
        }
    }

    /// <summary>A stream that does not know its length, so that the body is sent in chunks.</summary>
    private sealed class UnsizedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
