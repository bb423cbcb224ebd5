using System.Net;
using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests.Api;

public sealed class FailureTests
{
    [Fact]
    public async Task A_bug_is_a_problem_that_tells_nothing_but_where_to_look()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Failure = new InvalidOperationException("secret");

        var (status, problem, response) = await host.GetAsync("/api/v1/jobs/j1");

        Assert.Equal((500, "unexpected"), (status, problem.GetProperty("code").GetString()));
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task A_store_that_is_away_is_a_503_for_programs_and_a_page_for_people()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Failure = new ActorJobsException("The store is away.");

        var (status, problem, response) = await host.GetAsync("/api/v1/jobs/j1");
        using var page = await host.Http.GetAsync("/jobs/j1");

        Assert.Equal((503, "unavailable", TimeSpan.FromSeconds(2)), (status, problem.GetProperty("code").GetString(), response.Headers.RetryAfter!.Delta!.Value));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("The store is away.", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_takes_no_work_is_alive_and_not_ready()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (before, _, _) = await host.GetAsync("/health/ready");
        host.Engine.IsReady = false;
        var (after, _, _) = await host.GetAsync("/health/ready");
        var (live, _, _) = await host.GetAsync("/health/live");

        Assert.Equal((200, 503, 200), (before, after, live));
    }

    [Fact]
    public async Task An_endpoint_of_a_module_that_answers_with_a_bare_status_gets_a_problem()
    {
        await using var host = await FrontDoorHost.StartAsync(services: services => services.AddSingleton<IActorJobsModule, TestModule>());

        var (status, problem, response) = await host.PostAsync("/api/v1/echo", "{broken");

        Assert.Equal(400, status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
    }
}
