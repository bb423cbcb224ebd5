namespace ActorJobs.Server.Tests.Api;

/// <summary>Addresses, methods and media types that the API does not serve are refused like all else.</summary>
public sealed class UnservedTests
{
    [Theory]
    [InlineData("DELETE", "/api/v1/jobs", "GET, HEAD, POST")]
    [InlineData("PUT", "/api/v1/jobs/j1", "GET, HEAD")]
    [InlineData("GET", "/api/v1/jobs/j1/cancel", "POST")]
    [InlineData("POST", "/api/v1/stats", "GET, HEAD")]
    [InlineData("GET", "/api/v1/pools/default", "PATCH")]
    [InlineData("OPTIONS", "/api/v1/queues/q", "GET, HEAD, PATCH")]
    public async Task A_wrong_method_is_told_which_are_right(string method, string path, string allowed)
    {
        await using var host = await FrontDoorHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var (status, problem, response) = await FrontDoorHost.ReadAsync(await host.Http.SendAsync(request));

        Assert.Equal((405, "method-not-allowed"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Contains(allowed, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "/api/v1/nope")]
    [InlineData("", "/api/v1")]
    [InlineData("", "/api/v2/jobs")]
    [InlineData("/below", "/below/api/v1/jobs/j1/nope")]
    public async Task A_wrong_address_is_told_where_the_right_ones_are_listed(string prefix, string path)
    {
        await using var host = await FrontDoorHost.StartAsync(prefix: prefix);

        var (status, problem, _) = await host.GetAsync(path);

        Assert.Equal((404, "no-such-address"), (status, problem.GetProperty("code").GetString()));
        Assert.Contains($"{prefix}/openapi/v1.json", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", null, "unsupported-media-type")]
    [InlineData("application/json", "gzip", "unsupported-encoding")]
    public async Task A_body_that_cannot_be_read_is_told_which_can(string type, string? encoding, string code)
    {
        await using var host = await FrontDoorHost.StartAsync();
        using var content = new StringContent("""{"kind":"mail.send"}""");
        content.Headers.ContentType = new(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);

        var (status, problem, _) = await FrontDoorHost.ReadAsync(await host.Http.PostAsync("/api/v1/jobs", content));

        Assert.Equal((415, code), (status, problem.GetProperty("code").GetString()));
        Assert.Empty(host.Engine.Requests);
    }

    [Fact]
    public async Task Without_a_key_nobody_learns_what_is_there()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);

        var (status, _, _) = await host.GetAsync("/api/v1/nope");

        Assert.Equal(401, status);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_is_asked_with_HEAD_too(string path)
    {
        await using var host = await FrontDoorHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        var response = await host.Http.SendAsync(request);

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/jobs")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/v1/jobs")]
    [InlineData("/api/v1/stats/watch")]
    public async Task HEAD_is_answered_as_GET_without_the_body(string path)
    {
        await using var host = await FrontDoorHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var get = await host.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);

        using var response = await host.Http.SendAsync(request);

        Assert.Equal((200, get.Content.Headers.ContentType), ((int)response.StatusCode, response.Content.Headers.ContentType));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/api/v1/pools/default")]
    [InlineData("/api/v1/queues/default")]
    public async Task A_change_without_a_body_is_refused(string path)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await FrontDoorHost.ReadAsync(await host.Http.PatchAsync(path, null));

        Assert.Equal((400, "malformed-json"), (status, problem.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("/api/v1/jobs/j1/promote")]
    [InlineData("/api/v1/queues/default/pause")]
    public async Task An_action_refuses_fields_that_it_does_not_know(string path)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await host.PostAsync(path, """{"force":true}""");

        Assert.Equal((400, "/force"), (status, problem.GetProperty("pointer").GetString()));
    }
}
