using System.Collections.Concurrent;
using System.Diagnostics;

namespace ActorJobs.Server.Tests.Leases;

/// <summary>The worker of docs/examples as a process of its own, also when it is killed in the middle.</summary>
public sealed class PythonWorkerTests
{
    [Fact]
    public async Task The_example_worker_does_jobs_and_what_a_killed_one_held_is_done_by_another()
    {
        await using var host = await RemoteHost.StartAsync(TimeSpan.FromSeconds(3)); // shorter than the slow job: the worker is heard of in between
        using (var first = new Worker(host.Engine.Http.BaseAddress!))
        {
            var quick = await host.Engine.EndOfAsync(await host.SubmitAsync(new { text = "one two three" }));
            Assert.Equal(3, quick.Result!.Value.GetProperty("words").GetInt32());

            var slow = await host.SubmitAsync(new { text = "four five", seconds = 5 });
            await foreach (var job in host.Engine.Client.WatchJobAsync(slow))
            {
                if (job.Progress is { Message: "counting" })
                    break;
            }

            first.Kill();
            using var second = new Worker(host.Engine.Http.BaseAddress!);
            var done = await host.Engine.EndOfAsync(slow);

            Assert.Equal(("Completed", 2), (done.State, done.Result!.Value.GetProperty("words").GetInt32()));
            Assert.Equal(["Lost", "Completed"], done.Attempts.Select(attempt => attempt.Outcome));
            Assert.EndsWith($":{second.Id}", done.Result.Value.GetProperty("by").GetString(), StringComparison.Ordinal);
        }
    }

    private sealed class Worker : IDisposable
    {
        private readonly Process process;
        private readonly ConcurrentQueue<string> lines = new();

        public Worker(Uri node)
        {
            process = new Process
            {
                StartInfo = new ProcessStartInfo("python3", [Path.Combine(Repository.Root, "docs", "examples", "worker.py"), "python"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    Environment = { ["ACTORJOBS_URL"] = node.ToString().TrimEnd('/') },
                },
            };
            process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
            process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
            process.Start();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public int Id => process.Id;

        public void Kill()
        {
            process.Kill(); // SIGKILL
            process.WaitForExit();
        }

        public void Dispose()
        {
            if (!process.HasExited)
                Kill();
            process.Dispose();
        }
    }
}
