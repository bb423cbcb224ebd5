using System.Threading.Channels;

namespace ActorJobs.Pipelines;

/// <summary>Reads the source as fast as the first stage takes.</summary>
internal static class SourceStage
{
    public static ChannelReader<T> Connect<T>(PipelineRun run, string name, IAsyncEnumerable<T> source) =>
        run.Add<T>(name, async (meter, output) =>
        {
            await foreach (var item in source.WithCancellation(run.Stopping).ConfigureAwait(false))
            {
                meter.Received();
                await output.WriteAsync(item, run.Stopping).ConfigureAwait(false);
                meter.Emitted();
            }
        });
}
