namespace ActorJobs.Cli.Tests.Commands;

/// <summary>Where a key may come from, and that it is written nowhere.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task A_key_comes_from_the_option_the_file_or_the_environment_in_this_order()
    {
        await using var node = await NodeHost.StartAsync(withKeys: true);
        using var folder = new ScratchFolder();
        var file = folder.Write("key", NodeHost.OperatorKey + "\n");
        var environment = new Dictionary<string, string> { ["ACTORJOBS_KEY"] = NodeHost.ViewerKey };

        Assert.Equal("Admin", await RoleAsync(["--key", NodeHost.AdminKey, "--key-file", file], environment));
        Assert.Equal("Operator", await RoleAsync(["--key-file", file], environment));
        Assert.Equal("Viewer", await RoleAsync([], environment));
        Assert.Equal("Operator", await RoleAsync([], new Dictionary<string, string> { ["ACTORJOBS_KEY_FILE"] = file }));

        async Task<string?> RoleAsync(string[] words, Dictionary<string, string> variables)
        {
            var run = await CliRun.OfAsync(node.Url, ["palettes", "--json", .. words], environment: variables);
            return run.Json.GetProperty("node").GetProperty("caller").GetProperty("role").GetString();
        }
    }

    [Theory]
    [InlineData("queue", "list")]
    [InlineData("queue", "list", "--json")]
    [InlineData("no", "such", "command")]
    [InlineData("doctor")]
    [InlineData("palettes")]
    [InlineData("job", "submit", "no.such.kind")]
    public async Task A_key_is_never_written(params string[] words)
    {
        await using var node = await NodeHost.StartAsync(withKeys: true);
        foreach (var key in new[] { NodeHost.AdminKey, "wrong-secret-4", "with space" })
        {
            var run = await CliRun.OfAsync(node.Url, [.. words, "--key", key]);

            Assert.DoesNotContain(key, run.Output + run.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_file_that_others_can_read_is_warned_of()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var node = await NodeHost.StartAsync(withKeys: true);
        using var folder = new ScratchFolder();
        var file = folder.Write("key", NodeHost.ViewerKey);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var open = await CliRun.OfAsync(node.Url, ["queue", "list", "--key-file", file]);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        var closed = await CliRun.OfAsync(node.Url, ["queue", "list", "--key-file", file]);

        Assert.Contains("chmod 600", open.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("chmod", closed.Errors, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (open.Code, closed.Code));
    }

    [Fact]
    public async Task A_key_without_encryption_to_another_machine_is_warned_of()
    {
        var run = await CliRun.OfAsync("http://no-such-host.invalid", ["queue", "list", "--key", "secret"]);

        Assert.Contains("without encryption", run.Errors, StringComparison.Ordinal);
    }
}
