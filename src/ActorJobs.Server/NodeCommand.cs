namespace ActorJobs.Server;

/// <summary>Runs a node until it is told to stop.</summary>
internal static class NodeCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = NodeApplication.Build(args);
        if (await app.TryRunIsolatedAsync())
            return 0;
        await app.StartNodeAsync();
        Readiness.Announce(app);
        await app.RunUntilToldAsync();
        return 0;
    }
}
