using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;

namespace ActorJobs.Server.Tests.Api;

/// <summary>Guessing keys is slow, and is seen.</summary>
public sealed partial class FailedLoginTests
{
    private static async Task<HttpResponseMessage> AskAsync(FrontDoorHost host, string key)
    {
        using var http = host.NewHttp(("Authorization", $"Bearer {key}"));
        return await http.GetAsync("/api/v1/jobs");
    }

    [Fact]
    public async Task After_ten_wrong_keys_the_next_ones_are_refused_until_the_minute_is_over()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        using (var known = await AskAsync(host, TestKeys.Viewer))
            Assert.Equal(HttpStatusCode.OK, known.StatusCode);

        for (var guess = 0; guess < 10; guess++)
        {
            using var wrong = await AskAsync(host, $"guess-{guess}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var refused = await AskAsync(host, "guess-10");
        using var hit = await AskAsync(host, TestKeys.Admin);
        using var used = await AskAsync(host, TestKeys.Viewer);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        using var later = await AskAsync(host, TestKeys.Admin);

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(1)), (refused.StatusCode, refused.Headers.RetryAfter!.Delta));
        Assert.Equal(HttpStatusCode.TooManyRequests, hit.StatusCode); // or the answer would tell the guess that hits
        Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_health_check_with_an_old_key_is_answered_and_counts_for_nothing()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        using var probe = host.NewHttp(("Authorization", "Bearer old"));

        for (var check = 0; check < 11; check++)
        {
            using var healthy = await probe.GetAsync("/health/live");
            Assert.Equal(HttpStatusCode.OK, healthy.StatusCode);
        }

        using var caller = await AskAsync(host, TestKeys.Viewer);
        Assert.Equal(HttpStatusCode.OK, caller.StatusCode);
    }

    [Fact]
    public async Task Wrong_log_ins_count_too()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        var token = Token().Match(await browser.GetStringAsync("/login")).Groups[1].Value;
        List<int> answers = [];

        for (var guess = 0; guess < 11; guess++)
        {
            using var form = new FormUrlEncodedContent([new("key", $"guess-{guess}"), new("__RequestVerificationToken", token)]);
            using var answer = await browser.PostAsync("/login", form);
            answers.Add((int)answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(401, 10), 429], answers);
    }

    [Fact]
    public async Task The_log_has_one_line_for_an_address_and_minute_without_the_key()
    {
        var lines = new Lines();
        await using var host = await FrontDoorHost.StartAsync(
            TestKeys.Settings, services => services.AddLogging(log => log.SetMinimumLevel(LogLevel.Warning).AddProvider(lines)));

        for (var guess = 0; guess < 15; guess++)
            (await AskAsync(host, $"guess-{guess}")).Dispose();
        var first = lines.All.ToArray();
        host.Time.Advance(TimeSpan.FromMinutes(1));
        (await AskAsync(host, "guess-15")).Dispose();

        var line = Assert.Single(first);
        Assert.Contains("127.0.0.1", line, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", line, StringComparison.Ordinal);
        Assert.Equal(2, lines.All.Count);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) =>
            categoryName == "ActorJobs.AspNetCore.FailedLogins" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception));

        public void Dispose()
        {
            // nothing is held
        }
    }
}
