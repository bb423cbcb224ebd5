using System.Text.Json;

namespace ActorJobs.Cli.Tests.Commands;

/// <summary>Jobs from the command line: one by one, and where their words come from.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task A_job_made_of_flags_has_all_of_them()
    {
        await using var node = await NodeHost.StartAsync();
        var run = await CliRun.OkAsync(
            node, "job", "submit", "builtin.echo", "--args", """{"a":1,"b":"x"}""", "--arg", "b=[2,3]", "--arg", "c=plain text", "--id", "flags", "--queue", "slow", "--priority", "7",
            "--delay", "1h30m", "--max-attempts", "3", "--run-timeout", "90", "--retention", "PT2H", "--tenant", "ada", "--tag", "one", "--tag", "two", "--meta", "k=v=w", "--json");
        var job = await node.Client.GetJobAsync("flags");

        Assert.Equal("flags", run.Json.GetProperty("id").GetString());
        Assert.Equal(("Scheduled", "slow", 7, 3, "ada"), (job.State, job.Queue, job.Priority, job.MaxAttempts, job.Tenant));
        // the delay counts from the request, which the node stores a moment later
        Assert.InRange((job.RunAt - job.CreatedAt)!.Value.TotalMinutes, 89.5, 90);
        Assert.Equal(["one", "two"], job.Tags);
        Assert.Equal("v=w", job.Meta["k"]);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("""{"a":1,"b":[2,3],"c":"plain text"}"""), job.Args!.Value));
    }

    [Fact]
    public async Task A_file_named_without_its_at_sign_is_pointed_out()
    {
        await using var node = await NodeHost.StartAsync();
        using var folder = new ScratchFolder();
        var args = folder.Write("args.json", "[1,2]");

        var run = await CliRun.OfAsync(node.Url, ["job", "submit", "builtin.echo", "--args", args]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("write @" + args, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_and_whole_jobs_come_from_files_and_standard_input()
    {
        await using var node = await NodeHost.StartAsync();
        using var folder = new ScratchFolder();
        var args = folder.Write("args.json", "[1,2]");
        var job = folder.Write("job.json", """{"kind":"builtin.echo","id":"whole","args":{"n":1},"backoff":{"type":"fixed","delay":"PT5S"}}""");

        await CliRun.OkAsync(node, "job", "submit", "builtin.echo", "--id", "file", "--args", "@" + args);
        await CliRun.OkAsync(node, "job", "submit", "--file", job, "--tag", "over");
        var piped = await CliRun.OfAsync(node.Url, ["job", "submit", "builtin.echo", "--id", "piped", "--args", "-"], input: "\"in\"");
        var pipedWhole = await CliRun.OfAsync(node.Url, ["job", "submit", "builtin.echo", "--id", "piped-whole", "--file", "-"], input: """{"args":5}""");

        Assert.Equal((0, 0), (piped.Code, pipedWhole.Code));
        Assert.Equal("[1,2]", await ArgsAsync("file"));
        Assert.Equal("\"in\"", await ArgsAsync("piped"));
        Assert.Equal("5", await ArgsAsync("piped-whole"));
        Assert.Equal(["over"], (await node.Client.GetJobAsync("whole")).Tags);

        async Task<string> ArgsAsync(string id) => (await node.Client.GetJobAsync(id)).Args!.Value.GetRawText();
    }

    [Fact]
    public async Task The_same_id_and_the_same_idempotency_key_are_the_same_job()
    {
        await using var node = await NodeHost.StartAsync();
        string[] byId = ["job", "submit", "builtin.echo", "--id", "once", "--json"];
        string[] byKey = ["job", "submit", "builtin.echo", "--idempotency-key", "once", "--json"];

        foreach (var words in new[] { byId, byKey })
        {
            var first = (await CliRun.OkAsync(node, words)).Json;
            var second = (await CliRun.OkAsync(node, words)).Json;
            Assert.Equal((true, false), (first.GetProperty("isNew").GetBoolean(), second.GetProperty("isNew").GetBoolean()));
            Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        }
    }

    [Fact]
    public async Task Waiting_tells_the_end_by_result_and_exit_code()
    {
        await using var node = await NodeHost.StartAsync();
        var good = await CliRun.OfAsync(node.Url, ["job", "submit", "builtin.echo", "--arg", "n=1", "--wait", "--json"]);
        var bad = await CliRun.OfAsync(node.Url, ["job", "submit", "builtin.fail", "--arg", "times=9", "--max-attempts", "1", "--wait", "--json"]);

        Assert.Equal((ExitCode.Ok, ExitCode.Failed), (good.Code, bad.Code));
        Assert.Equal(1, good.Json.GetProperty("result").GetProperty("n").GetInt32());
        Assert.Equal("Discarded", bad.Json.GetProperty("state").GetString());
        Assert.Contains("Discarded, attempt 1 of 1", bad.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_can_be_watched_explained_cancelled_promoted_and_retried_with_other_arguments()
    {
        await using var node = await NodeHost.StartAsync();
        await CliRun.OkAsync(node, "job", "submit", "builtin.echo", "--id", "later", "--delay", "1d");

        Assert.Contains("Scheduled", (await CliRun.OkAsync(node, "why", "later")).Output, StringComparison.Ordinal);
        await CliRun.OkAsync(node, "job", "cancel", "later", "--reason", "no need");
        Assert.Equal("Cancelled", (await node.Client.GetJobAsync("later")).State);
        Assert.Contains("no need", (await CliRun.OkAsync(node, "job", "events", "later", "--json")).Output, StringComparison.Ordinal);
        await CliRun.OkAsync(node, "job", "retry", "later", "--args", """{"n":2}""");
        Assert.Equal(ExitCode.Ok, (await CliRun.OfAsync(node.Url, ["job", "watch", "later"])).Code);
        Assert.Equal("""{"n":2}""", (await node.Client.GetJobAsync("later")).Result!.Value.GetRawText());

        await CliRun.OkAsync(node, "job", "submit", "builtin.echo", "--id", "soon", "--delay", "1d");
        await CliRun.OkAsync(node, "job", "promote", "soon");
        Assert.Equal("Completed", (await node.EndOfAsync("soon")).State);
    }

    [Fact]
    public async Task Arguments_can_be_edited_before_a_retry()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var node = await NodeHost.StartAsync();
        await node.DieAsync("broken", "no luck");
        using var folder = new ScratchFolder();
        var editor = folder.Write("editor", "#!/bin/sh\nsed -i 's/99/0/' \"$1\"\n");
        File.SetUnixFileMode(editor, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var run = await CliRun.OfAsync(node.Url, ["job", "retry", "broken", "--edit"], environment: new Dictionary<string, string> { ["EDITOR"] = $"'{editor}'" });

        Assert.True(run.Code == ExitCode.Ok, run.Errors);
        Assert.Equal("Completed", (await node.EndOfAsync("broken")).State);
    }

    [Fact]
    public async Task Lists_are_filtered_paged_and_whole()
    {
        await using var node = await NodeHost.StartAsync();
        for (var number = 0; number < 7; number++)
            await CliRun.OkAsync(node, "job", "submit", "builtin.echo", "--id", $"j{number}", "--delay", "1d", "--tag", number < 5 ? "few" : "other");

        var page = await CliRun.OkAsync(node, "job", "list", "--tag", "few", "--limit", "2");
        var all = await CliRun.OkAsync(node, "job", "list", "--tag", "few", "--limit", "2", "--all", "--json");

        Assert.Equal(3, page.Lines.Length);
        Assert.StartsWith("id ", page.Lines[0], StringComparison.Ordinal);
        Assert.Contains("--cursor", page.Errors, StringComparison.Ordinal);
        Assert.Equal(["j0", "j1", "j2", "j3", "j4"], all.Lines.Select(line => JsonElement.Parse(line).GetProperty("id").GetString()!).Order());
        Assert.Equal(0, (await CliRun.OkAsync(node, "job", "list", "--state", "running", "--json")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Control_characters_of_a_job_never_reach_the_terminal()
    {
        await using var node = await NodeHost.StartAsync();
        await node.DieAsync("evil", "\u001b[2J\u0007gone\u202e");

        foreach (var words in new string[][] { ["job", "show", "evil"], ["job", "list"], ["dead", "list"], ["dead", "groups"], ["why", "evil"], ["job", "show", "evil", "--json"] })
        {
            var run = await CliRun.OkAsync(node, words);
            Assert.DoesNotContain('\u001b', run.Output + run.Errors);
            Assert.DoesNotContain('\u0007', run.Output + run.Errors);
        }
    }

    [Fact]
    public async Task Watching_repeats_a_picture_as_often_as_asked()
    {
        await using var node = await NodeHost.StartAsync();
        var run = await CliRun.OkAsync(node, "pool", "list", "--watch=200ms", "--times", "3", "--json");

        Assert.Equal(3, run.Output.Split("\"items\"").Length - 1);
    }
}
