using ActorJobs.Jobs;
using ActorJobs.Queries;
using ActorJobs.Tests.Jobs;

namespace ActorJobs.Tests.Queries;

public sealed class JobExplanationTests
{
    private static readonly QueueView Queue = new()
    {
        Name = "default",
        States = new Dictionary<JobStatus, long>(),
        Capacity = 10,
        Paused = false,
        Draining = false,
        OldestAge = TimeSpan.Zero,
        DrainRate = 2,
        Pools = ["default", "spare"],
    };

    private static readonly Dictionary<string, long> Available = new()
    {
        ["job/Available/default/9"] = 4,
        ["job/Available/default/5"] = 7,
        ["job/Available/default/1"] = 100,
    };

    [Theory]
    [InlineData("waiting", "It waits for its parents.")]
    [InlineData("scheduled", "It is to run at 2030-01-01 01:00:00.000Z.")]
    [InlineData("retryable", "Attempt 1 ended as Failed; the next one is to start at 2030-01-01 00:00:10.000Z.")]
    [InlineData("available", "It waits for a slot of pool default or spare; at most 10 jobs come before it.")]
    [InlineData("running", "Attempt 1 runs on n1 in pool p since 2030-01-01 00:00:00.000Z.")]
    [InlineData("completed", "It completed at 2030-01-01 00:00:00.000Z with attempt 1.")]
    [InlineData("cancelled", "It was cancelled at 2030-01-01 00:00:00.000Z: enough.")]
    [InlineData("discarded", "It was discarded at 2030-01-01 00:00:00.000Z after 1 attempts: SampleException: it did not work")]
    [InlineData("expired", "It was not started before its deadline 2030-01-01 00:00:00.000Z.")]
    public void Every_state_is_explained_in_a_sentence(string state, string summary)
    {
        var why = Why(JobSamples.States[state], Queue);

        Assert.Equal((JobSamples.States[state].VisibleStatus, summary), (why.State, why.Summary));
    }

    [Fact]
    public void No_state_is_left_unexplained() =>
        Assert.All(JobSamples.States.Where(state => state.Key != "none"), state => Assert.NotEmpty(Why(state.Value, Queue).Summary));

    [Fact]
    public void A_job_that_waits_for_a_slot_is_told_how_many_come_first_and_when_it_should_start()
    {
        var why = Why(JobSamples.States["available"], Queue);

        Assert.Equal((10, JobSamples.Now.AddSeconds(5)), (why.Ahead, why.PredictedStart));
        Assert.Contains("4 jobs of higher priority and up to 6 of its own are in queue default.", why.Reasons);
        Assert.Null(Why(JobSamples.States["available"], Queue with { DrainRate = 0 }).PredictedStart);
    }

    [Fact]
    public void What_holds_a_whole_queue_comes_first()
    {
        var job = JobSamples.States["available"];

        Assert.Equal("Queue default is paused.", Why(job, Queue with { Paused = true }).Summary);
        Assert.Equal("No pool on this node serves queue default.", Why(job, Queue with { Pools = [] }).Summary);
    }

    [Fact]
    public void A_job_that_waits_for_its_time_is_told_it_and_why()
    {
        var why = Why(JobSamples.States["retryable"], Queue);

        Assert.Equal(JobSamples.Now.AddSeconds(10), why.PredictedStart);
        Assert.Equal(["Last error: SampleException: it did not work", "1 of 3 attempts are used."], why.Reasons);
    }

    [Fact]
    public void A_running_job_that_was_asked_to_stop_says_so() =>
        Assert.Equal(["It was asked to stop: enough."], Why(JobSamples.States["stopping"], Queue).Reasons);

    private static WhyView Why(JobState state, QueueView queue) => JobExplanation.Of(state, queue, Available, JobSamples.Now);
}
