namespace ActorJobs.Cli.Tests;

/// <summary>The command line as it was built, beside the tests' own output.</summary>
internal static class CliBinary
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        // artifacts/bin/ActorJobs.Cli.Tests/release/ -> artifacts/bin/ActorJobs.Cli/release/
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var path = System.IO.Path.Combine(own.Parent!.Parent!.FullName, "ActorJobs.Cli", own.Name, "ActorJobs.Cli.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("The command line is not built.", path);
    }
}
