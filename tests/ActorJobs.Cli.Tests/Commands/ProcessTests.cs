using System.Diagnostics;
using System.Globalization;

namespace ActorJobs.Cli.Tests.Commands;

/// <summary>The program as a process: what a shell sees of it.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Results_and_messages_go_their_ways_and_the_exit_code_comes_through()
    {
        await using var node = await NodeHost.StartAsync();

        var good = await RunAsync(node.Url, "queue", "list", "--json");
        var bad = await RunAsync(node.Url, "job", "show", "nobody");

        Assert.Equal((0, ""), (good.Code, good.Errors));
        Assert.StartsWith("{", good.Output, StringComparison.Ordinal);
        Assert.Equal((5, ""), (bad.Code, bad.Output));
        Assert.Contains("nobody", bad.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_a_command_that_waits_with_130(string signal)
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var node = await NodeHost.StartAsync();
        using var process = Start(node.Url, "queue", "list", "--watch=200ms", "--json");
        // it is in its loop when the first picture is there
        Assert.NotNull(await process.StandardOutput.ReadLineAsync().WaitAsync(Patience));
        using (var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync().WaitAsync(Patience);
        var rest = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        await rest;

        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
    }

    [Fact]
    public async Task Bash_completes_with_the_script()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var node = await NodeHost.StartAsync();
        await CliRun.OkAsync(node, "job", "submit", "builtin.echo", "--id", "mail:eu", "--delay", "1h");

        Assert.Equal("cancel", await CompleteAsync("actorjobs job c", "actorjobs", "job", "c"));
        Assert.Contains("mail:eu", await CompleteAsync("actorjobs job show ", "actorjobs", "job", "show", ""), StringComparison.Ordinal);
        // bash takes the colon for the end of a word: only what follows it is to be put in
        Assert.Equal("eu", await CompleteAsync("actorjobs job show mail:", "actorjobs", "job", "show", "mail", ":"));

        async Task<string> CompleteAsync(string line, params string[] words)
        {
            const string Script = """
                program=$1 line=$2; shift 2
                actorjobs() { dotnet "$program" "$@"; }
                source <(actorjobs completion bash)
                COMP_LINE=$line COMP_POINT=${#line} COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
                _actorjobs
                echo "${COMPREPLY[@]}"
                """;
            using var bash = Start("bash", node.Url, ["-c", Script, "bash", Binary, line, .. words]);
            return (await FinishAsync(bash)).Output.Trim();
        }
    }

    private static string Binary => CliBinary.Path;

    private static Process Start(string url, params string[] words) => Start("dotnet", url, [Binary, .. words]);

    private static Process Start(string program, string url, IEnumerable<string> words) => Process.Start(new ProcessStartInfo(program, words)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { [NodeAddress.Variable] = url, ["DOTNET_NOLOGO"] = "1" },
    })!;

    private static async Task<CliRun> RunAsync(string url, params string[] words)
    {
        using var process = Start(url, words);
        return await FinishAsync(process);
    }

    private static async Task<CliRun> FinishAsync(Process process)
    {
        process.StandardInput.Close();
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        var texts = await said;
        return new CliRun(process.ExitCode, texts[0], texts[1]);
    }
}
