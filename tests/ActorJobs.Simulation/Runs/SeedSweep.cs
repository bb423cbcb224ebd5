using ActorJobs.Simulation.Faults;
using ActorJobs.Simulation.Plans;

namespace ActorJobs.Simulation.Runs;

/// <summary>Runs many seeds, on a few threads: runs share nothing.</summary>
internal sealed class SeedSweep(int first, int count, int threads, Func<Mutation>? mutation = null)
{
    private const int MostFailures = 20; // more tell nothing new

    private readonly List<RunResult> failures = []; // guarded by itself
    private readonly int end = first + count;
    private int next = first;
    private long writes;

    /// <summary>How many writes all runs made.</summary>
    public long Writes => Volatile.Read(ref writes);

    /// <summary>Runs the seeds, or as many as it takes to see enough of them fail.</summary>
    /// <param name="failed">Told of each failing one at once.</param>
    /// <param name="enough">How many failing ones are enough.</param>
    /// <param name="ended">Told of each one, on its thread.</param>
    public IReadOnlyList<RunResult> Run(Action<RunResult> failed, int enough = MostFailures, Action<RunResult>? ended = null)
    {
        var workers = Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            () => OwnThread.Run(() => RunSome(failed, enough, ended)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        Task.WaitAll([.. workers]);
        return failures;
    }

    private bool RunSome(Action<RunResult> failed, int enough, Action<RunResult>? ended)
    {
        while (Interlocked.Increment(ref next) - 1 is var seed && seed < end)
        {
            var result = Runs.Run.Of(Plan.Of(seed), mutation?.Invoke());
            Interlocked.Add(ref writes, result.Writes);
            ended?.Invoke(result);
            if (result.IsGood)
                continue;
            lock (failures)
            {
                failures.Add(result);
                failed(result);
                if (failures.Count >= enough)
                    Volatile.Write(ref next, end);
            }
        }

        return true;
    }
}
