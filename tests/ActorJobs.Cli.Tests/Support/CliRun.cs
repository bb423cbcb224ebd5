using System.Text.Json;

namespace ActorJobs.Cli.Tests;

/// <summary>What a command line led to.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record CliRun(int Code, string Output, string Errors)
{
    public JsonElement Json => JsonElement.Parse(Output);

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a command line against a node, in this process, and expects an exit code.</summary>
    public static async Task<CliRun> OkAsync(NodeHost node, params string[] words)
    {
        var run = await OfAsync(node.Url, words);
        Assert.True(run.Code == ExitCode.Ok, $"{string.Join(' ', words)} ended with {run.Code}\n{run.Output}\n{run.Errors}");
        return run;
    }

    /// <summary>Runs a command line in this process.</summary>
    /// <param name="url">The node's address.</param>
    /// <param name="words">What is typed.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="environment">Environment variables; no others are seen.</param>
    public static async Task<CliRun> OfAsync(
        string url, IReadOnlyList<string> words, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var host = new CliHost
        {
            In = new StringReader(input),
            Out = output,
            Error = errors,
            Environment = name => name == NodeAddress.Variable ? url : environment?.GetValueOrDefault(name),
        };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var code = await new CommandLineApp(host).RunAsync(words, patience.Token);
        return new CliRun(code, output.ToString(), errors.ToString());
    }
}
