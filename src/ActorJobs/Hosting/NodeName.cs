namespace ActorJobs.Hosting;

/// <summary>Names a node: each start of a process is another node, so that an attempt of a former start is never taken for one of this.</summary>
internal static class NodeName
{
    public static string Of(ActorJobsOptions options) =>
        $"{options.Node.Name ?? Environment.MachineName.ToLowerInvariant()}-{Guid.NewGuid().ToString("N")[..6]}";
}
