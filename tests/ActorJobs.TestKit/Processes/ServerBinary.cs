namespace ActorJobs.TestKit.Processes;

/// <summary>The server as it was built, beside the tests' own output.</summary>
internal static class ServerBinary
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        // artifacts/bin/ActorJobs.Server.Tests/release/ -> artifacts/bin/ActorJobs.Server/release/
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var path = System.IO.Path.Combine(own.Parent!.Parent!.FullName, "ActorJobs.Server", own.Name, "ActorJobs.Server.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("The server is not built.", path);
    }
}
