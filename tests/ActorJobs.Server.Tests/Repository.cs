namespace ActorJobs.Server.Tests;

/// <summary>The repository as files.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Read(params ReadOnlySpan<string> path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ActorJobs.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No ActorJobs.sln above {AppContext.BaseDirectory}.");
    }
}
