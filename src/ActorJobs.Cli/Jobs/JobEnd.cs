using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Follows a job to its end.</summary>
internal static class JobEnd
{
    private const int MaxFailures = 10;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Tells each change, then shows the job. A connection that breaks is made again: the job goes on without it.</summary>
    /// <returns>0 when it completed, else 1.</returns>
    public static async Task<int> FollowAsync(Scope scope, string id)
    {
        for (var failures = 0; ;)
        {
            try
            {
                await foreach (var job in scope.Node.Client.WatchJobAsync(id, scope.Cancellation))
                {
                    failures = 0;
                    Tell(scope.Screen, job);
                    if (job.HasEnded())
                        return await ShowAsync(scope, id);
                }
            }
            catch (Exception exception) when (Failure.Of(exception, scope.Node.Address) is { Code: ExitCode.Unreachable or ExitCode.Busy } failure && ++failures < MaxFailures)
            {
                scope.Screen.Note(SafeText.Line(failure.Message));
            }

            // a stream that ended before the job: the node stopped, or an hour has passed
            await Task.Delay(Again, scope.Host.Time, scope.Cancellation);
        }
    }

    private static async Task<int> ShowAsync(Scope scope, string id)
    {
        var answer = await scope.Node.GetAsync($"jobs/{Uri.EscapeDataString(id)}", scope.Cancellation);
        scope.Screen.Show(answer, []);
        return Grid.At(answer, "state") is { ValueKind: JsonValueKind.String } state && state.GetString() == "Completed" ? ExitCode.Ok : ExitCode.Failed;
    }

    // on standard error: what a script wants is the job at its end
    private static void Tell(Screen screen, Job job)
    {
        var progress = job.Progress is { } report ? $" {report.Fraction:P0} {report.Message}" : "";
        screen.Note(SafeText.Line($"{job.State}, attempt {job.Attempt} of {job.MaxAttempts}{progress}{(job.Error is { } error ? $": {error.Message}" : "")}"));
    }
}
