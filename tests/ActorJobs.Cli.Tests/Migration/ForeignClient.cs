using System.Diagnostics;
using System.Globalization;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Cli.Tests.Migration;

/// <summary>The real clients of other systems, as Debian packages them: what they write is what is to be read.</summary>
internal static class ForeignClient
{
    // Debian's own interpreters, whichever others come first on the path
    private const string Python = "/usr/bin/python3", Ruby = "/usr/bin/ruby";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RqAsync(RedisServer server, params string[] more) =>
        await RunAsync(Python, "import rq", "python3-rq", "rq_jobs.py", server, more);

    public static async Task CeleryAsync(RedisServer server) => await RunAsync(Python, "import celery, redis", "celery python3-redis", "celery_jobs.py", server, []);

    public static async Task SidekiqAsync(RedisServer server) => await RunAsync(Ruby, "require 'sidekiq'", "ruby-sidekiq", "sidekiq_jobs.rb", server, []);

    private static async Task RunAsync(string interpreter, string probe, string packages, string script, RedisServer server, string[] more)
    {
        var isThere = File.Exists(interpreter) && (await StartAsync(interpreter, [interpreter == Python ? "-c" : "-e", probe])).Code == 0;
        Assert.SkipUnless(isThere, $"The client is missing: apt-get install {packages}");
        var path = Path.Combine(AppContext.BaseDirectory, "Migration", "Clients", script);
        var (code, said) = await StartAsync(interpreter, [path, server.Port.ToString(CultureInfo.InvariantCulture), .. more]);
        Assert.True(code == 0, $"{script} ended with {code}:\n{said}");
    }

    private static async Task<(int Code, string Said)> StartAsync(string program, string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, string.Join('\n', await said));
    }
}
