using System.Threading.Channels;

namespace ActorJobs.Pipelines;

/// <summary>Gathers items until a list is full or its first item has waited long enough.</summary>
internal static class BatchStage
{
    public static ChannelReader<IReadOnlyList<T>> Connect<T>(PipelineRun run, string name, ChannelReader<T> input, int size, TimeSpan time) =>
        run.Add<IReadOnlyList<T>>(name, async (meter, output) =>
        {
            while (await input.WaitToReadAsync(run.Stopping).ConfigureAwait(false))
            {
                var batch = new List<T>(size);
                Take(input, batch, size, meter);
                if (batch.Count < size)
                    await FillAsync(run, input, batch, size, time, meter).ConfigureAwait(false);
                await output.WriteAsync(batch, run.Stopping).ConfigureAwait(false);
                meter.Emitted(batch.Count);
            }
        });

    private static async Task FillAsync<T>(PipelineRun run, ChannelReader<T> input, List<T> batch, int size, TimeSpan time, StageMeter meter)
    {
        using var due = new CancellationTokenSource(time, run.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, run.Stopping);
        try
        {
            while (batch.Count < size && await input.WaitToReadAsync(either.Token).ConfigureAwait(false))
                Take(input, batch, size, meter);
        }
        catch (OperationCanceledException) when (!run.Stopping.IsCancellationRequested)
        {
            // the list's time is up: it leaves as it is
        }
    }

    private static void Take<T>(ChannelReader<T> input, List<T> batch, int size, StageMeter meter)
    {
        while (batch.Count < size && input.TryRead(out var item))
        {
            batch.Add(item);
            meter.Received();
        }
    }
}
