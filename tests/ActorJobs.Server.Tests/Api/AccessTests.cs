using System.Net;
using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace ActorJobs.Server.Tests.Api;

public sealed class AccessTests
{
    private static async Task<int> SendAsync(FrontDoorHost host, HttpMethod method, string path, params (string, string)[] headers)
    {
        using var http = host.NewHttp(headers);
        using var request = new HttpRequestMessage(method, path) { Content = path.EndsWith("/jobs", StringComparison.Ordinal) && method == HttpMethod.Post ? JsonContent.Create(new { kind = "mail.send" }) : null };
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    [Theory]
    [InlineData("GET", "/api/v1/jobs", TestKeys.Viewer, 200)]
    [InlineData("POST", "/api/v1/jobs", TestKeys.Viewer, 403)]
    [InlineData("POST", "/api/v1/jobs", TestKeys.Operator, 202)]
    [InlineData("POST", "/api/v1/queues/default/pause", TestKeys.Viewer, 403)]
    [InlineData("POST", "/api/v1/queues/default/pause", TestKeys.Operator, 200)]
    [InlineData("PATCH", "/api/v1/pools/default", TestKeys.Operator, 403)]
    [InlineData("PATCH", "/api/v1/pools/default", TestKeys.Admin, 400)]
    [InlineData("GET", "/api/v1/jobs", TestKeys.Expired, 401)]
    [InlineData("GET", "/api/v1/jobs", "nobody's", 401)]
    public async Task A_key_may_do_what_its_role_may(string method, string path, string key, int expected)
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);

        Assert.Equal(expected, await SendAsync(host, new HttpMethod(method), path, ("Authorization", $"Bearer {key}")));
        Assert.Equal(expected, await SendAsync(host, new HttpMethod(method), path, ("X-Api-Key", key)));
    }

    [Fact]
    public async Task With_keys_nobody_is_served_without_one_but_health_checks()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);

        var (status, problem, response) = await host.GetAsync("/api/v1/jobs");

        Assert.Equal((401, "unauthorized"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal(200, await SendAsync(host, HttpMethod.Get, "/health/live"));
        Assert.Equal(401, await SendAsync(host, HttpMethod.Get, "/openapi/v1.json"));
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    public async Task Without_keys_the_host_asked_for_must_be_this_machine(string name, int expected)
    {
        await using var host = await FrontDoorHost.StartAsync();

        Assert.Equal(expected, await SendAsync(host, HttpMethod.Get, "/api/v1/jobs", ("Host", $"{name}:{host.Address.Port}")));
        Assert.Equal(expected, await SendAsync(host, HttpMethod.Get, "/", ("Host", $"{name}:{host.Address.Port}")));
    }

    [Fact]
    public async Task Without_keys_a_peer_elsewhere_is_refused()
    {
        await using var host = await FrontDoorHost.StartAsync(configure: app => app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["Peer"].ToString());
            return next(context);
        }));

        Assert.Equal(200, await SendAsync(host, HttpMethod.Get, "/api/v1/jobs", ("Peer", "127.0.0.1")));
        Assert.Equal(200, await SendAsync(host, HttpMethod.Get, "/api/v1/jobs", ("Peer", "::ffff:127.0.0.1")));
        Assert.Equal(403, await SendAsync(host, HttpMethod.Get, "/api/v1/jobs", ("Peer", "192.0.2.7")));
        Assert.Equal(403, await SendAsync(host, HttpMethod.Get, "/health/ready", ("Peer", "192.0.2.7")));
    }

    [Fact]
    public async Task Without_keys_a_forwarded_request_is_refused()
    {
        await using var host = await FrontDoorHost.StartAsync();

        Assert.Equal(403, await SendAsync(host, HttpMethod.Get, "/api/v1/jobs", ("X-Forwarded-For", "192.0.2.7")));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_page_of_another_site_cannot_change_anything(string header, string value)
    {
        await using var host = await FrontDoorHost.StartAsync();

        Assert.Equal(403, await SendAsync(host, HttpMethod.Post, "/api/v1/jobs", (header, value)));
        Assert.Equal(202, await SendAsync(host, HttpMethod.Post, "/api/v1/jobs", ("Origin", host.Address.ToString().TrimEnd('/'))));
    }

    [Fact]
    public async Task A_user_of_the_host_application_may_do_what_its_role_says()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings, configure: app => app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Role, "actorjobs-viewer")], "test"));
            return next(context);
        }));

        Assert.Equal(200, await SendAsync(host, HttpMethod.Get, "/api/v1/jobs"));
        Assert.Equal(403, await SendAsync(host, HttpMethod.Post, "/api/v1/jobs"));
    }

    [Theory]
    [InlineData("Hash", "not a hash")]
    [InlineData("Name", "")]
    public async Task A_key_that_could_not_work_stops_the_start(string setting, string value)
    {
        var settings = new Dictionary<string, string?>(TestKeys.Settings) { [$"ActorJobs:Keys:0:{setting}"] = value };

        await Assert.ThrowsAsync<OptionsValidationException>(() => FrontDoorHost.StartAsync(settings));
    }
}
