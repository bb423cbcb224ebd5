using Spectre.Console;

namespace ActorJobs.Cli;

/// <summary>A bar on standard error while something long goes on, if a person is there to see it.</summary>
internal static class Progress
{
    /// <param name="scope">The command.</param>
    /// <param name="what">What goes on, in a word.</param>
    /// <param name="total">How much there is to do; null when nobody knows.</param>
    /// <param name="action">Does it, and says from time to time how much it did.</param>
    public static async Task RunAsync(Scope scope, string what, long? total, Func<Action<long>, Task> action)
    {
        if (!scope.Host.ErrorIsTerminal || scope.Screen.IsJson)
        {
            await action(_ => { });
            return;
        }

        await scope.Screen.Notes.Progress()
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(what, maxValue: total ?? 1);
                bar.IsIndeterminate = total is null;
                await action(amount =>
                {
                    if (total is not null)
                        bar.Increment(amount);
                });
                bar.Value = bar.MaxValue;
            });
    }
}
