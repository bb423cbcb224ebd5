using System.Threading.Channels;

namespace ActorJobs.Pipelines;

/// <summary>Hands the items to the sink, one at a time.</summary>
internal static class SinkStage
{
    public static void Connect<T>(PipelineRun run, string name, ChannelReader<T> input, Func<T, CancellationToken, ValueTask> sink) =>
        run.AddSink(name, async meter =>
        {
            await foreach (var item in input.ReadAllAsync(run.Stopping).ConfigureAwait(false))
            {
                meter.Received();
                try
                {
                    await sink(item, run.Stopping).ConfigureAwait(false);
                    meter.Emitted();
                }
                catch (Exception exception) when (run.TrySetAside(meter, item, exception))
                {
                    // counted and kept by the run
                }
            }
        });
}
