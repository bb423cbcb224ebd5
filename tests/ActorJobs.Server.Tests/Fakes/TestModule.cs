using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests;

/// <summary>What a workload adds: an endpoint, a page and a link.</summary>
public sealed class TestModule : IActorJobsModule
{
    public IReadOnlyList<NavigationLink> Navigation { get; } = [new("Echoes", "/echoes")];

    public void MapApi(RouteGroupBuilder api) => api.MapPost("/echo", (Echo echo) => echo);

    public void MapPages(RouteGroupBuilder pages)
    {
        pages.MapGet("/echoes", () => Results.Text("echoes"));
        pages.MapGet("/echoes/{name}", (string name) => Problems.NotFound($"There is no echo '{name}'."));
    }

    public sealed record Echo(string Text);
}
