using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorJobs.Cli.Tests.Migration;

/// <summary>Imports that end in the middle, and others that must not begin.</summary>
public sealed class BrokenImportTests
{
    private const int Jobs = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Cut_off_between_acceptance_and_removal_a_job_is_there_and_here_and_the_next_import_removes_it()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.RqAsync(run.Server, "10");
        await using var relay = Relay.Start(run.Server.Port, until: "EVAL");

        var broken = await CliRun.OfAsync(run.Node.Url, ["import", "rq", "--redis", relay.Address, "--queue", "mails", "--into-memory", "--map", "app.send=builtin.echo"]);

        Assert.Equal(ExitCode.Usage, broken.Code);
        Assert.Contains("The same command again goes on from there", broken.Errors, StringComparison.Ordinal);
        Assert.Equal(("10", 10), (await run.Server.SayAsync("LLEN", "rq:queue:mails"), (await run.JobsAsync()).Count));

        var report = await run.ReportAsync("rq", "--map", "app.send=builtin.echo");
        Assert.Equal((10, 10, 0), (report.Imported, report.Existing, report.Left));
        Assert.Equal(("0", 10), (await run.Server.SayAsync("LLEN", "rq:queue:mails"), (await run.JobsAsync()).Count));
    }

    [Fact]
    public async Task Killed_at_any_moment_and_run_again_it_doubles_nothing_and_loses_nothing()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.RqAsync(run.Server, Jobs.ToString(CultureInfo.InvariantCulture));

        // killed as soon as the queue has fallen so far, which is at another step of a batch each time
        foreach (var left in new[] { 350, 220, 90 })
        {
            using var import = Start(run);
            await run.Server.UntilAsync(length => import.HasExited || int.Parse(length, CultureInfo.InvariantCulture) <= left, "LLEN", "rq:queue:mails");
            import.Kill();
            await import.WaitForExitAsync().WaitAsync(Patience);
        }

        using (var last = Start(run))
        {
            await last.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(ExitCode.Ok, last.ExitCode);
        }

        var jobs = await run.JobsAsync(); // fails when one of the other system's jobs is here twice
        Assert.Equal(Enumerable.Range(0, Jobs).Select(number => $"job-{number}").Order(StringComparer.Ordinal), jobs.Keys.Order(StringComparer.Ordinal));
        foreach (var job in jobs.Values)
            Assert.Equal(1, (await run.Node.EndOfAsync(job.Id)).Attempt);
        Assert.Equal("", await run.Server.SayAsync("KEYS", "rq:job:*"));
    }

    [Fact]
    public async Task A_job_that_a_worker_takes_at_the_same_moment_is_told()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.RqAsync(run.Server, "3");
        // the worker comes when the import is about to remove
        await using var relay = Relay.Start(run.Server.Port, until: "EVAL", () => run.Server.SayAsync("LPOP", "rq:queue:mails"));

        var result = await CliRun.OfAsync(run.Node.Url, ["import", "rq", "--redis", relay.Address, "--queue", "mails", "--into-memory", "--json", "--map", "app.send=builtin.echo"]);

        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Equal((2, 1), (result.Json.GetProperty("imported").GetInt32(), result.Json.GetProperty("gone").GetInt32()));
        Assert.Contains("may run in both", result.Json.GetProperty("jobs")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("1", await run.Server.SayAsync("EXISTS", "rq:job:job-0"));
    }

    [Fact]
    public async Task An_id_that_is_used_again_is_another_job()
    {
        await using var run = await ImportRun.StartAsync();
        for (var day = 0; day < 2; day++)
        {
            await ForeignClient.RqAsync(run.Server, "1");
            Assert.Equal((1, 0), await ReportAsync());
        }

        async Task<(long, long)> ReportAsync()
        {
            var report = await run.ReportAsync("rq", "--map", "app.send=builtin.echo");
            return (report.Imported, report.Existing);
        }
    }

    [Fact]
    public async Task Nothing_is_moved_into_a_node_that_keeps_it_in_memory_only()
    {
        await using var run = await ImportRun.StartAsync();
        string[] words = ["import", "sidekiq", "--redis", run.Server.Address, "--queue", "mails"];

        var refused = await CliRun.OfAsync(run.Node.Url, words);

        Assert.Equal(ExitCode.Conflict, refused.Code);
        Assert.Contains("--into-memory", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await CliRun.OfAsync(run.Node.Url, [.. words, "--dry-run"])).Code);
    }

    [Theory]
    [InlineData("127.0.0.1:1", "refused")]
    [InlineData("127.0.0.1:99999", "no address of a redis-server")]
    [InlineData("127.0.0.1/x", "no address of a redis-server")]
    [InlineData("http://127.0.0.1", "no address of a redis-server")]
    public async Task A_server_that_is_none_is_told(string address, string part)
    {
        var run = await CliRun.OfAsync("http://127.0.0.1:1", ["import", "rq", "--redis", address, "--queue", "mails", "--dry-run"]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(part, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_and_the_database_are_used()
    {
        await using var node = await NodeHost.StartAsync();
        await using var server = await TestKit.Redis.RedisServer.StartWithPasswordAsync("geheim");
        string[] words = ["import", "sidekiq", "--queue", "mails", "--dry-run", "--redis"];

        var without = await CliRun.OfAsync(node.Url, [.. words, server.Address]);
        var inAddress = await CliRun.OfAsync(node.Url, [.. words, $"redis://:geheim@{server.Address}/3"]);
        var inEnvironment = await CliRun.OfAsync(node.Url, [.. words, server.Address], environment: new Dictionary<string, string> { [RedisAddress.PasswordVariable] = "geheim" });

        Assert.Contains(RedisAddress.PasswordVariable, without.Errors, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Usage, ExitCode.Ok, ExitCode.Ok), (without.Code, inAddress.Code, inEnvironment.Code));
    }

    private static Process Start(ImportRun run) => Process.Start(new ProcessStartInfo(
        "dotnet", [CliBinary.Path, "import", "rq", "--redis", run.Server.Address, "--queue", "mails", "--into-memory", "--batch", "7", "--map", "app.send=builtin.echo"])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { [NodeAddress.Variable] = run.Node.Url, ["DOTNET_NOLOGO"] = "1" },
    })!;

    /// <summary>Stands between an import and Redis up to a command: then it hangs up, or lets something happen first.</summary>
    private sealed class Relay : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Task work;

        private Relay(int port, string until, Func<Task>? meanwhile)
        {
            listener.Start();
            work = RunAsync(port, Encoding.ASCII.GetBytes($"\r\n{until}\r\n"), meanwhile);
        }

        public string Address => listener.LocalEndpoint.ToString()!;

        public static Relay Start(int port, string until, Func<Task>? meanwhile = null) => new(port, until, meanwhile);

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await work.WaitAsync(Patience);
        }

        private async Task RunAsync(int port, byte[] until, Func<Task>? meanwhile)
        {
            using var client = await listener.AcceptTcpClientAsync();
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, port);
            var back = server.GetStream().CopyToAsync(client.GetStream());
            var buffer = new byte[256 << 10];
            for (int count; (count = await client.GetStream().ReadAsync(buffer)) > 0;)
            {
                if (buffer.AsSpan(0, count).IndexOf(until) >= 0)
                {
                    if (meanwhile is null)
                        break;
                    await meanwhile();
                    until = [.. "\0no more\0"u8];
                }

                await server.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }

            client.Close();
            server.Close();
            await back.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
