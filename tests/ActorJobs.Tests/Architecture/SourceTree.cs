namespace ActorJobs.Tests.Architecture;

/// <summary>The repository as files, for tests about its shape.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>The project files under <c>src</c>, one per folder.</summary>
    public static IEnumerable<string> Projects => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories);

    /// <summary>The files of one project, or of all with an empty name.</summary>
    public static IEnumerable<string> Files(string project, string extension) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*" + extension, SearchOption.AllDirectories);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ActorJobs.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No ActorJobs.sln above {AppContext.BaseDirectory}.");
    }
}
