using System.Threading.Channels;
using ActorJobs.Pipelines;

namespace ActorJobs.Tests.Pipelines;

public sealed class BatchTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(0, 4, new int[0])]
    [InlineData(3, 4, new[] { 3 })]
    [InlineData(8, 4, new[] { 4, 4 })]
    [InlineData(9, 4, new[] { 4, 4, 1 })]
    public async Task Full_lists_leave_at_once_and_the_rest_at_the_end(int items, int size, int[] expected)
    {
        var sizes = new List<int>();

        var report = await Pipeline.From("numbers", Enumerable.Range(0, items))
            .Batch("batch", size, Timeout.InfiniteTimeSpan)
            .To("sizes", (batch, _) =>
            {
                sizes.Add(batch.Count);
                return ValueTask.CompletedTask;
            }).RunAsync().WaitAsync(Deadline);

        Assert.Equal(expected, sizes);
        Assert.Equal((items, expected.Length, 0), (report.Stages[1].Received, report.Stages[1].Emitted, report.Stages[1].InFlight));
    }

    [Fact]
    public async Task A_short_list_leaves_when_its_first_item_has_waited_long_enough()
    {
        var clock = new ManualTime();
        var source = Channel.CreateUnbounded<int>();
        var lists = Channel.CreateUnbounded<IReadOnlyList<int>>();
        var run = Pipeline.From("channel", source.Reader.ReadAllAsync())
            .Batch("batch", 100, TimeSpan.FromSeconds(5))
            .To("lists", (batch, token) => lists.Writer.WriteAsync(batch, token))
            .Start(new PipelineOptions { TimeProvider = clock });

        source.Writer.TryWrite(1);
        await clock.TimerArmed.WaitAsync(Deadline);
        source.Writer.TryWrite(2);
        clock.Fire();
        var list = await lists.Reader.ReadAsync().AsTask().WaitAsync(Deadline);
        source.Writer.Complete();
        await run.Completion.WaitAsync(Deadline);

        Assert.Equal(TimeSpan.FromSeconds(5), clock.Due);
        Assert.Equal(1, list[0]);
    }

    /// <summary>A clock with one timer that goes off by hand.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private readonly TaskCompletionSource armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Action fire = static () => { };

        public Task TimerArmed => armed.Task;

        public TimeSpan Due { get; private set; }

        public void Fire() => fire();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (!armed.Task.IsCompleted)
                (fire, Due) = (() => callback(state), dueTime);
            armed.TrySetResult();
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
