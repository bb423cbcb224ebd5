using System.Threading.Channels;

namespace ActorJobs.Pipelines;

/// <summary>Turns items into others, several at once, and emits them in the order they came.</summary>
internal static class SelectStage
{
    public static ChannelReader<TOut> Connect<TIn, TOut>(
        PipelineRun run, string name, ChannelReader<TIn> input, Func<TIn, CancellationToken, ValueTask<TOut>> selector, int parallelism) =>
        run.Add<TOut>(name, (meter, output) =>
        {
            var worker = new Worker<TIn, TOut>(run, meter, selector);
            return parallelism == 1 ? worker.RunAsync(input, output) : worker.RunAsync(input, output, parallelism);
        });

    private sealed class Worker<TIn, TOut>(PipelineRun run, StageMeter meter, Func<TIn, CancellationToken, ValueTask<TOut>> selector)
    {
        public async Task RunAsync(ChannelReader<TIn> input, ChannelWriter<TOut> output)
        {
            await foreach (var item in input.ReadAllAsync(run.Stopping).ConfigureAwait(false))
                await EmitAsync(await TryAsync(item).ConfigureAwait(false), output).ConfigureAwait(false);
        }

        public async Task RunAsync(ChannelReader<TIn> input, ChannelWriter<TOut> output, int parallelism)
        {
            // a slot is given back when its item has left, so finished items that wait for a slow one ahead are bounded too
            using var slots = new SemaphoreSlim(parallelism);
            var pending = Channel.CreateUnbounded<Task<Attempt>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
            var emitting = EmitAllAsync(pending.Reader, output, slots);
            try
            {
                while (await input.WaitToReadAsync(run.Stopping).ConfigureAwait(false))
                {
                    await slots.WaitAsync(run.Stopping).ConfigureAwait(false);
                    // one reader: nobody else can have taken the item
                    input.TryRead(out var item);
                    pending.Writer.TryWrite(Task.Run(() => TryAsync(item!).AsTask()));
                }
            }
            finally
            {
                pending.Writer.Complete();
                await emitting.ConfigureAwait(false);
            }
        }

        private async Task EmitAllAsync(ChannelReader<Task<Attempt>> pending, ChannelWriter<TOut> output, SemaphoreSlim slots)
        {
            try
            {
                await foreach (var attempt in pending.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                {
                    await EmitAsync(await attempt.ConfigureAwait(false), output).ConfigureAwait(false);
                    slots.Release();
                }
            }
            catch (Exception exception)
            {
                // the feeding loop may wait for a slot that will not come
                run.Fail(exception);
                throw;
            }
            finally
            {
                // no selector may outlive the run
                while (pending.TryRead(out var rest))
                    await ((Task)rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        private async ValueTask EmitAsync(Attempt attempt, ChannelWriter<TOut> output)
        {
            if (!attempt.Succeeded)
                return;
            await output.WriteAsync(attempt.Result!, run.Stopping).ConfigureAwait(false);
            meter.Emitted();
        }

        private async ValueTask<Attempt> TryAsync(TIn item)
        {
            meter.Received();
            try
            {
                return new Attempt(true, await selector(item, run.Stopping).ConfigureAwait(false));
            }
            catch (Exception exception) when (run.TrySetAside(meter, item, exception))
            {
                return default;
            }
        }

        private readonly record struct Attempt(bool Succeeded, TOut? Result);
    }
}
