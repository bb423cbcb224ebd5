using ActorJobs.Server.Tests.Node;

namespace ActorJobs.Server.Tests.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_finds_all_it_is_to_find_and_leaves_nothing()
    {
        await using var node = new NodePlace();
        var process = node.Run(["demo", "--exit"], new Dictionary<string, string> { ["TMPDIR"] = node.Folder });

        var code = await process.ExitCodeAsync(TimeSpan.FromMinutes(5));

        Assert.True(code == 0, process.Output + process.Errors);
        Assert.Contains("Everything came out as expected", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', process.Output);
        Assert.Empty(Directory.EnumerateDirectories(node.Folder, "actorjobs-demo-*"));
    }
}
