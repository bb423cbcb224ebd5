using System.Text.Json;

namespace ActorJobs.Cli.Tests.Commands;

/// <summary>Many jobs from lines.</summary>
public sealed class ImportTests
{
    [Fact]
    public async Task Every_line_becomes_one_job_however_often_it_is_imported()
    {
        await using var node = await NodeHost.StartAsync();
        using var folder = new ScratchFolder();
        var file = folder.Write("jobs.ndjson", string.Concat(Enumerable.Range(1, 250).Select(number => $$"""{"kind":"builtin.echo","args":{{number}}}{{"\n"}}""")));
        string[] words = ["job", "import", file, "--batch", "40", "--queue", "bulk", "--json"];

        var first = (await CliRun.OkAsync(node, words)).Json;
        var second = (await CliRun.OkAsync(node, words)).Json;
        var jobs = (await CliRun.OkAsync(node, "job", "list", "--queue", "bulk", "--all", "--json")).Lines;

        Assert.Equal((250, 250), (first.GetProperty("accepted").GetInt32(), second.GetProperty("accepted").GetInt32()));
        Assert.Equal(first.GetProperty("run").GetString(), second.GetProperty("run").GetString());
        Assert.Equal(250, jobs.Select(line => JsonElement.Parse(line).GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(250, jobs.Length);
    }

    [Fact]
    public async Task Lines_of_arguments_come_from_standard_input()
    {
        await using var node = await NodeHost.StartAsync();
        var run = await CliRun.OfAsync(node.Url, ["job", "import", "-", "--kind", "builtin.echo", "--run", "nightly"], input: "{\"n\":1}\n\n2\n");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("2", (await node.EndOfAsync("nightly-3")).Result!.Value.GetRawText());
    }

    [Fact]
    public async Task Refused_lines_are_told_counted_and_kept_and_the_others_go_on()
    {
        await using var node = await NodeHost.StartAsync();
        using var folder = new ScratchFolder();
        var refused = Path.Combine(folder.Path, "refused.ndjson");
        var run = await CliRun.OfAsync(
            node.Url, ["job", "import", "-", "--run", "mixed", "--errors", refused, "--json"],
            input: """
                {"kind":"builtin.echo"}
                not json
                {"kind":"no.such.kind"}
                {"kind":"builtin.echo","colour":"red"}
                {"kind":"builtin.echo"}
                """);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Equal((5, 3, 2), (run.Json.GetProperty("lines").GetInt32(), run.Json.GetProperty("accepted").GetInt32(), run.Json.GetProperty("refused").GetInt32()));
        Assert.Contains("line 2:", run.Errors, StringComparison.Ordinal);
        Assert.Contains("line 3:", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["not json", """{"kind":"no.such.kind"}"""], await File.ReadAllLinesAsync(refused));
    }

    [Fact]
    public async Task A_batch_of_which_nothing_is_accepted_is_told_line_by_line()
    {
        await using var node = await NodeHost.StartAsync();
        var run = await CliRun.OfAsync(node.Url, ["job", "import", "-", "--kind", "no.such.kind"], input: "1\n2\n");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("line 1:", run.Errors, StringComparison.Ordinal);
        Assert.Contains("line 2:", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_breaks_says_how_to_go_on_and_goes_on_from_there()
    {
        var batches = 0;
        await using var down = await StubNode.StartAsync(async context =>
        {
            var body = await System.Text.Json.Nodes.JsonNode.ParseAsync(context.Request.Body);
            if (++batches > 2)
                context.Response.StatusCode = 500;
            else
                await context.Response.WriteAsJsonAsync(new { accepted = body!["jobs"]!.AsArray().Count, ids = Array.Empty<string>(), errors = Array.Empty<string>() });
        });
        var lines = string.Concat(Enumerable.Range(1, 10).Select(number => $"{number}\n"));
        string[] words = ["job", "import", "-", "--kind", "builtin.echo", "--run", "r", "--batch", "2", "--connections", "1"];

        var broken = await CliRun.OfAsync(down.Url, words, input: lines);
        Assert.Equal(ExitCode.Failed, broken.Code);
        Assert.Contains("--run r --skip 4", broken.Errors, StringComparison.Ordinal);

        await using var node = await NodeHost.StartAsync();
        var resumed = await CliRun.OfAsync(node.Url, [.. words, "--skip", "4", "--json"], input: lines);
        Assert.Equal(6, resumed.Json.GetProperty("accepted").GetInt32());
        Assert.Equal("5", (await node.EndOfAsync("r-5")).Result!.Value.GetRawText());
    }
}
