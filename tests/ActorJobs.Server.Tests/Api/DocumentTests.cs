using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests.Api;

public sealed class DocumentTests
{
    [Fact]
    public async Task The_document_describes_every_route_and_the_bodies_that_are_read_as_streams()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, document, _) = await host.GetAsync("/openapi/v1.json");

        Assert.Equal(200, status);
        Assert.Equal(
            [
                "/api/v1/actors", "/api/v1/audit", "/api/v1/breakers", "/api/v1/breakers/{name}/close", "/api/v1/breakers/{name}/open", "/api/v1/callbacks/{token}/complete",
                "/api/v1/callbacks/{token}/fail", "/api/v1/callbacks/{token}/progress", "/api/v1/configuration", "/api/v1/dead/groups", "/api/v1/diagnostics", "/api/v1/doctor", "/api/v1/exports", "/api/v1/jobs", "/api/v1/jobs/actions",
                "/api/v1/jobs/actions/{id}/undo", "/api/v1/jobs/batch",
                "/api/v1/jobs/{id}", "/api/v1/jobs/{id}/cancel", "/api/v1/jobs/{id}/events",
                "/api/v1/jobs/{id}/promote", "/api/v1/jobs/{id}/retry", "/api/v1/jobs/{id}/watch", "/api/v1/jobs/{id}/why", "/api/v1/log",
                "/api/v1/log/levels", "/api/v1/log/levels/{category}", "/api/v1/log/watch", "/api/v1/nodes",
                "/api/v1/nodes/{name}/down", "/api/v1/nodes/{name}/drain", "/api/v1/nodes/{name}/leave", "/api/v1/palettes",
                "/api/v1/pools", "/api/v1/pools/{name}", "/api/v1/pools/{name}/complete", "/api/v1/pools/{name}/fail", "/api/v1/pools/{name}/heartbeat",
                "/api/v1/pools/{name}/lease", "/api/v1/pools/{name}/progress", "/api/v1/queues", "/api/v1/queues/{name}", "/api/v1/queues/{name}/drain",
                "/api/v1/queues/{name}/pause", "/api/v1/queues/{name}/resume", "/api/v1/schedules", "/api/v1/schedules/{id}",
                "/api/v1/schedules/{id}/backfill", "/api/v1/schedules/{id}/backfill/cancel", "/api/v1/schedules/{id}/pause", "/api/v1/schedules/{id}/resume",
                "/api/v1/schedules/{id}/trigger", "/api/v1/shards", "/api/v1/stats", "/api/v1/stats/watch",
                "/api/v1/users/{id}/summary", "/api/v1/workflows", "/api/v1/workflows/{id}", "/api/v1/workflows/{id}/cancel",
                "/api/v1/workflows/{id}/jobs", "/api/v1/workflows/{id}/retry",
            ],
            document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        var submit = document.GetProperty("components").GetProperty("schemas").GetProperty("SubmitJob");
        Assert.False(submit.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(
            ["args", "backoff", "concurrencyKey", "delay", "dependency", "id", "kind", "maxAttempts", "meta", "parentId", "priority", "queue", "retention", "runAt", "startBy", "tags", "tenant", "timeout", "unique"],
            submit.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_document_asks_for_what_the_readers_take()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (_, document, _) = await host.GetAsync("/openapi/v1.json");

        var schemas = document.GetProperty("components").GetProperty("schemas");
        var priority = schemas.GetProperty("SubmitJob").GetProperty("properties").GetProperty("priority");
        Assert.DoesNotContain("string", priority.GetProperty("type").ToString(), StringComparison.Ordinal);
        Assert.False(priority.TryGetProperty("pattern", out _));
        Assert.False(schemas.GetProperty("LeaseCompletion").TryGetProperty("required", out _));
        Assert.DoesNotContain("SubmitJob.RunAt", document.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            document.GetProperty("paths").EnumerateObject(), path => path.Value.TryGetProperty("head", out _));
    }

    [Fact]
    public async Task Routes_of_modules_are_in_it_and_those_of_the_host_are_not()
    {
        await using var host = await FrontDoorHost.StartAsync(
            services: services => services.AddSingleton<IActorJobsModule, TestModule>(), configure: app => app.MapGet("/own", () => "mine"));

        var (_, document, _) = await host.GetAsync("/openapi/v1.json");

        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToArray();
        Assert.Contains("/api/v1/echo", paths);
        Assert.DoesNotContain("/own", paths);
    }
}
