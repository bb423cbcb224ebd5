using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ActorJobs.Server.Tests.Docs;

/// <summary>What the README shows is what is tried.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void The_library_example_is_the_file_that_is_built() =>
        Assert.Contains($"```csharp\n{Repository.Read("tests", "library-use", "Program.cs")}```", Repository.Read("README.md"), StringComparison.Ordinal);

    [Fact]
    public async Task The_library_example_works_from_packages_in_an_empty_folder()
    {
        using var run = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "library-use", "run"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = Task.WhenAll(run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        try
        {
            await run.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        }
        catch (TimeoutException)
        {
            run.Kill(entireProcessTree: true);
        }

        Assert.True(run.ExitCode == 0, string.Join('\n', await said));
    }

    [Fact]
    public void Every_link_to_a_file_leads_to_one()
    {
        var links = Links().Matches(Repository.Read("README.md")).Select(match => match.Groups["file"].Value).ToArray();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Repository.Root, link)), $"{link} is missing."));
    }

    [GeneratedRegex(@"\]\((?<file>[^)#:]+)\)")]
    private static partial Regex Links();
}
