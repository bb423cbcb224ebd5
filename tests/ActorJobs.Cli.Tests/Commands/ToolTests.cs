using System.Diagnostics;

namespace ActorJobs.Cli.Tests.Commands;

/// <summary>The command line as people get it: a .NET tool out of a feed.</summary>
public sealed class ToolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Packed_and_installed_out_of_a_folder_it_is_the_command_actorjobs()
    {
        using var folder = new ScratchFolder();
        var (feed, tools) = (Path.Combine(folder.Path, "feed"), Path.Combine(folder.Path, "tools"));
        // no other feed is asked: all that the tool needs is in its package
        var sources = folder.Write("NuGet.Config", $"""<configuration><packageSources><clear /><add key="local" value="{feed}" /></packageSources></configuration>""");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name; // release or debug: what was built is packed

        await DotnetAsync(folder, "pack", Path.Combine(Root(), "src", "ActorJobs.Cli", "ActorJobs.Cli.csproj"), "-c", configuration, "--no-build", "--no-restore", "-o", feed);
        await DotnetAsync(folder, "tool", "install", "ActorJobs.Cli", "--tool-path", tools, "--configfile", sources);

        await using var node = await NodeHost.StartAsync();
        var said = await RunAsync(folder, Path.Combine(tools, OperatingSystem.IsWindows() ? "actorjobs.exe" : "actorjobs"), "-n", node.Url, "job", "submit", "builtin.echo", "--id", "by-tool", "--json");
        Assert.Contains("\"isNew\": true", said, StringComparison.Ordinal);
        // what is embedded comes along
        Assert.Contains("actorjobs", await RunAsync(folder, Path.Combine(tools, "actorjobs"), "completion", "bash"), StringComparison.Ordinal);
    }

    private static Task<string> DotnetAsync(ScratchFolder folder, params string[] words) => RunAsync(folder, "dotnet", words);

    private static async Task<string> RunAsync(ScratchFolder folder, string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
            // no server of the build may outlive the test
            Environment = { ["DOTNET_NOLOGO"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0" },
        })!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        var text = string.Join('\n', await said);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)} ended with {process.ExitCode}:\n{text}");
        return text;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ActorJobs.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No ActorJobs.sln above {AppContext.BaseDirectory}.");
    }
}
