using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Pools;
using ActorJobs.Queues;
using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Pools;

public sealed class RefusedOutcomesTests
{
    private readonly ScriptedKind work = new("work");

    [Theory]
    [InlineData(1, 250)]
    [InlineData(2, 500)]
    [InlineData(7, 16_000)]
    [InlineData(8, 30_000)]
    [InlineData(1_000_000, 30_000)]
    public void The_wait_doubles_up_to_a_bound(int tries, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), RefusedOutcomes.WaitAfter(tries));

    [Fact]
    public async Task A_job_that_takes_no_outcome_is_asked_ever_more_rarely_told_once_and_holds_nobody_up()
    {
        var decider = new StubbornDecider("stubborn");
        var lines = new LogLines();
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Slots = 2, Define = decider.Define, Log = lines });
        var stubborn = await node.SubmitAsync(work.Request("stubborn"));
        var other = await node.SubmitAsync(work.Request("other"));

        work.Begun[0].Complete();
        node.Advance(TimeSpan.FromMinutes(20));
        work.Begun[1].Complete();
        await node.UntilAsync(other, JobStatus.Completed);

        Assert.InRange(decider.Refusals, 40, 50); // two a minute, and a few until the wait has grown
        Assert.Contains("Job stubborn cannot take the outcome of its attempt 1: no outcome will do", Assert.Single(lines.Errors), StringComparison.Ordinal);

        decider.IsMended = true;
        node.Advance(RefusedOutcomes.MaxWait);
        work.Begun[2].Complete(); // it failed, for all its job knows, and ran again
        var view = await node.UntilAsync(stubborn, JobStatus.Completed);
        Assert.Equal((2, "OutcomeNotStored"), (view.Attempt, view.Attempts[0].Error!.Type));
        Assert.Equal(0, Assert.Single(await node.Control.ListPoolsAsync()).Busy);
    }

    [Fact]
    public async Task A_pool_that_begins_anew_keeps_offering()
    {
        var decider = new StubbornDecider("stubborn");
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Define = decider.Define });
        var id = await node.SubmitAsync(work.Request("stubborn"));
        work.Begun[0].Complete();
        node.Advance(TimeSpan.FromMinutes(5));

        node.Jobs.Pools["default"].Tell(new PoolMessage.Run([new ClaimedJob(JobEntity.Key(new("none")), 0, JobState.None)], 0, -1)); // fails
        node.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(node.Events.Seen.OfType<ActorRestarted>(), restarted => restarted.Path == "/pool-default");
        decider.IsMended = true;
        node.Advance(RefusedOutcomes.MaxWait);

        work.Begun[1].Complete();
        await node.UntilAsync(id, JobStatus.Completed);
    }

    [Fact]
    public async Task An_outcome_that_is_refused_for_a_moment_is_stored_as_it_is()
    {
        var decider = new StubbornDecider("stubborn");
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Define = decider.Define });
        var id = await node.SubmitAsync(work.Request("stubborn"));

        work.Begun[0].Complete("kept");
        node.Advance(TimeSpan.FromSeconds(2));
        Assert.InRange(decider.Refusals, 2, 4);
        decider.IsMended = true;
        node.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal("\"kept\"", (await node.UntilAsync(id, JobStatus.Completed)).Result.ToString());
        Assert.Single(work.Begun);
    }

    /// <summary>Fails whenever the attempt of one job is to end.</summary>
    private sealed class StubbornDecider(string id) : IDecider<JobState, JobCommand, JobEvent>
    {
        private IDecider<JobState, JobCommand, JobEvent> inner = null!;

        public bool IsMended { get; set; }

        public int Refusals { get; private set; }

        public JobState Initial => inner.Initial;

        public JobCommand? Wake => inner.Wake;

        public EntityKind Define(EntityKind kind)
        {
            if (kind is not EntityKind<JobState, JobCommand, JobEvent> jobs)
                return kind;
            inner = jobs.Decider;
            return new EntityKind<JobState, JobCommand, JobEvent>(jobs.Name, this, jobs.Codec)
            {
                Observer = jobs.Observer,
                Replies = jobs.Replies,
                WireOptions = jobs.WireOptions,
            };
        }

        public Decision<JobEvent> Decide(JobState state, JobCommand command, DecisionContext context)
        {
            if (IsMended || command is not EndAttempt || context.Key.Id != id)
                return inner.Decide(state, command, context);
            Refusals++;
            throw new InvalidOperationException("no outcome will do");
        }

        public JobState Evolve(JobState state, JobEvent happened) => inner.Evolve(state, happened);

        public Intents Intents(JobState state) => inner.Intents(state);

        public JobCommand? Answered(IReadOnlyList<OutboxAnswer> answers) => inner.Answered(answers);
    }

    private sealed class LogLines : ILogger
    {
        public List<string> Errors { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Errors.Add(formatter(state, exception));
        }
    }
}
