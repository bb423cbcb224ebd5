using System.Runtime.CompilerServices;
using ActorJobs.Pipelines;

namespace ActorJobs.Tests.Pipelines;

public sealed class PipelineTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Items_keep_their_order_whatever_the_parallelism(int parallelism)
    {
        var seen = new List<int>();

        await Pipeline.From("numbers", Enumerable.Range(0, 500))
            .Select("yielding", async (number, _) =>
            {
                if (number % 3 == 0)
                    await Task.Yield();
                return number;
            }, parallelism)
            .To("list", Into(seen)).RunAsync().WaitAsync(Deadline);

        Assert.Equal(Enumerable.Range(0, 500), seen);
    }

    [Fact]
    public async Task A_stage_runs_as_many_items_at_once_as_allowed_and_no_more()
    {
        var (running, most) = (0, 0);
        var full = new TaskCompletionSource();

        await Pipeline.From("numbers", Enumerable.Range(0, 50))
            .Select("work", async (number, _) =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                if (now == 4)
                    full.TrySetResult();
                await full.Task;
                Interlocked.Decrement(ref running);
                return number;
            }, parallelism: 4)
            .To("drop", static (_, _) => ValueTask.CompletedTask).RunAsync().WaitAsync(Deadline);

        Assert.Equal(4, most);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_slow_sink_holds_the_source_back()
    {
        var read = 0;
        var reached = new TaskCompletionSource();
        var open = new TaskCompletionSource();
        var options = new PipelineOptions { BufferSize = 3 };

        var run = Pipeline.From("numbers", Count())
            .Select("pass", static (number, _) => ValueTask.FromResult(number))
            .To("closed", async (_, _) =>
            {
                reached.TrySetResult();
                await open.Task;
            }).Start(options);
        await reached.Task.WaitAsync(Deadline);
        while (run.Stages[0].Buffered < 3 || run.Stages[1].Buffered < 3)
            await Task.Yield();
        var occupied = read;
        open.SetResult();
        var report = await run.Completion.WaitAsync(Deadline);

        // one in the sink, two buffers of three, and one in the hand of each of the two stages before
        Assert.InRange(occupied, 7, 1 + (2 * 3) + 2);
        Assert.Equal(1000, report.Stages[^1].Emitted);

        IEnumerable<int> Count()
        {
            for (var number = 0; number < 1000; number++)
            {
                Interlocked.Increment(ref read);
                yield return number;
            }
        }
    }

    [Fact]
    public async Task Poison_items_are_set_aside_with_their_error_and_the_rest_passes()
    {
        var seen = new List<int>();

        var report = await Pipeline.From("numbers", Enumerable.Range(0, 10))
            .Select("odd ones fail", static (number, _) => number % 2 == 0 ? ValueTask.FromResult(number) : throw new FormatException($"{number} is odd"), 2)
            .To("list", Into(seen)).RunAsync().WaitAsync(Deadline);

        Assert.Equal([0, 2, 4, 6, 8], seen);
        Assert.Equal([1, 3, 5, 7, 9], report.SetAside.Select(aside => (int)aside.Item!).Order());
        Assert.All(report.SetAside, aside => Assert.Equal(("odd ones fail", typeof(FormatException)), (aside.Stage, aside.Error.GetType())));
        Assert.Equal((10, 5, 5, 0), (report.Stages[1].Received, report.Stages[1].Emitted, report.Stages[1].SetAside, report.Stages[1].InFlight));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task An_error_that_is_not_the_items_fails_the_run(int parallelism)
    {
        var run = Pipeline.From("numbers", Enumerable.Range(0, 1000))
            .Select("endpoint", static (number, _) => number == 20 ? throw new IOException("down") : ValueTask.FromResult(number), parallelism)
            .To("drop", static (_, _) => ValueTask.CompletedTask)
            .Start(new PipelineOptions { BufferSize = 1, IsPoison = static error => error is not IOException });

        var error = await Assert.ThrowsAsync<IOException>(() => run.Completion.WaitAsync(Deadline));
        Assert.Equal("down", error.Message);
        Assert.Empty(run.SetAside);
    }

    [Fact]
    public async Task More_poison_than_allowed_fails_the_run()
    {
        var run = Pipeline.From("numbers", Enumerable.Range(0, 10))
            .To("broken", static (number, _) => throw new FormatException($"{number}"))
            .Start(new PipelineOptions { MaxSetAside = 3 });

        var error = await Assert.ThrowsAsync<FormatException>(() => run.Completion.WaitAsync(Deadline));
        Assert.Equal("3", error.Message);
        Assert.Equal(3, run.SetAside.Count);
    }

    [Fact]
    public async Task A_failing_source_fails_the_run()
    {
        var run = Pipeline.From("torn", Torn()).To("drop", static (_, _) => ValueTask.CompletedTask).Start();

        await Assert.ThrowsAsync<EndOfStreamException>(() => run.Completion.WaitAsync(Deadline));

        static IEnumerable<int> Torn()
        {
            yield return 1;
            throw new EndOfStreamException();
        }
    }

    [Fact]
    public async Task Cancelling_ends_every_stage_and_disposes_the_source()
    {
        using var cancel = new CancellationTokenSource();
        var disposed = false;
        var reached = new TaskCompletionSource();
        var run = Pipeline.From("endless", Endless())
            .Batch("tens", 10, TimeSpan.FromMinutes(1))
            .Select("wait", async (batch, token) =>
            {
                reached.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return batch;
            }, 2)
            .To("drop", static (_, _) => ValueTask.CompletedTask).Start(cancellationToken: cancel.Token);

        await reached.Task.WaitAsync(Deadline);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.WaitAsync(Deadline));
        Assert.True(disposed);

        async IAsyncEnumerable<int> Endless([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                for (var number = 0; ; number++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await Task.Yield();
                    yield return number;
                }
            }
            finally
            {
                disposed = true;
            }
        }
    }

    private static Func<int, CancellationToken, ValueTask> Into(List<int> list) => (item, _) =>
    {
        list.Add(item);
        return ValueTask.CompletedTask;
    };

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
                return;
        }
    }
}
