namespace ActorJobs.Cluster.Tests;

/// <summary>The repository as files, and the node as it was built beside these tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Server
    {
        get
        {
            // artifacts/bin/ActorJobs.Cluster.Tests/release/ -> artifacts/bin/ActorJobs.Server/release/
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, "ActorJobs.Server", own.Name, "ActorJobs.Server.dll");
        }
    }

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ActorJobs.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No ActorJobs.sln above {AppContext.BaseDirectory}.");
    }
}
