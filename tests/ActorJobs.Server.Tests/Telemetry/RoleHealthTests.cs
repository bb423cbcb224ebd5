using System.Net;
using ActorJobs.Server.Tests.Engine;

namespace ActorJobs.Server.Tests.Telemetry;

/// <summary>Health by role.</summary>
public sealed class RoleHealthTests
{
    [Theory]
    [InlineData("front", HttpStatusCode.OK)]
    [InlineData("host", HttpStatusCode.OK)]
    [InlineData("work", HttpStatusCode.OK)]
    [InlineData("brew", HttpStatusCode.NotFound)]
    public async Task A_node_with_all_roles_is_ready_for_each(string role, HttpStatusCode expected)
    {
        await using var host = await EngineHost.StartAsync();

        Assert.Equal(expected, (await host.Http.GetAsync($"health/ready/{role}")).StatusCode);
    }

    [Fact]
    public async Task A_node_without_a_role_is_not_ready_for_it()
    {
        await using var host = await EngineHost.StartAsync(jobs => jobs.Services.Configure<ActorJobsOptions>(options => options.Node.Roles = ["front", "host"]));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Http.GetAsync("health/ready/work")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("health/ready/host")).StatusCode);
    }
}
