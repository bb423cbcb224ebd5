using System.Text;
using System.Text.Json;
using ActorJobs.Jobs;

namespace ActorJobs.Tests.Jobs;

/// <summary>What stands in stores already must be readable for ever.</summary>
public sealed class JobCodecTests
{
    // a name may be added here, never changed: histories hold them
    private static readonly string[] Names =
    [
        "job.attempt-ended.v1", "job.attempt-started.v1", "job.cancel-requested.v1", "job.cancelled.v1", "job.completed.v1", "job.discarded.v1", "job.dismissed.v1",
        "job.expired.v1", "job.key-released.v1", "job.replaced.v1", "job.reported.v1", "job.retried.v1", "job.staged.v1",
        "job.submitted.v1", "job.undone.v1",
    ];

    public static TheoryData<string> Types => [.. Names];

    [Fact]
    public void Event_names_are_stable() => Assert.Equal(Names, JobSamples.Events.Select(JobEntity.Codec.TypeOf).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_comes_back_as_it_was(string type)
    {
        var happened = JobSamples.Events.Single(item => JobEntity.Codec.TypeOf(item) == type);
        var data = JobEntity.Codec.EncodeEvent(happened);

        var back = JobEntity.Codec.DecodeEvent(type, data);

        Assert.IsType(happened.GetType(), back);
        Assert.Equivalent(Shown(happened), Shown(back), strict: true);
        Assert.Equal(data.ToArray(), JobEntity.Codec.EncodeEvent(back).ToArray());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_is_written_as_the_generated_serialiser_does(string type)
    {
        foreach (var happened in JobSamples.Events.Where(item => JobEntity.Codec.TypeOf(item) == type).SelectMany(Varied))
        {
            var generated = JsonSerializer.Serialize(happened, happened.GetType(), JobJsonContext.Default.Options);

            Assert.Equal(generated, Encoding.UTF8.GetString(JobEntity.Codec.EncodeEvent(happened).Span));
        }
    }

    [Fact]
    public void Every_state_is_written_as_the_generated_serialiser_does()
    {
        foreach (var state in JobSamples.States.Values.SelectMany(state => new[] { state, state with { Spec = JobSamples.FullSpec } }))
            Assert.Equal(JsonSerializer.Serialize(state, JobJsonContext.Default.JobState), Encoding.UTF8.GetString(JobEntity.Codec.EncodeState(state).Span));
    }

    [Fact]
    public void A_changed_specification_is_not_written_as_the_one_it_was_made_from()
    {
        var state = JobEntity.Codec.DecodeState(JobEntity.Codec.EncodeState(JobState.None with { Spec = JobSamples.Spec }));

        var changed = state with { Spec = state.Spec! with { Args = RawJson.Parse("[2]") } };

        Assert.Equal("[2]", JobEntity.Codec.DecodeState(JobEntity.Codec.EncodeState(changed)).Spec!.Args.ToString());
        Assert.Equal(JobSamples.Spec.Args, state.Spec!.Args);
    }

    [Fact]
    public void An_event_of_today_reads_as_it_was_written_on_the_first_day()
    {
        const string written = """
            {"attempt":{"number":2,"node":"n1","startedAt":"2030-01-01T00:00:00+00:00","finishedAt":"2030-01-01T00:00:01+00:00","outcome":"Failed",
            "error":{"type":"E","message":"m"}},"nextAt":"2030-01-01T00:00:03+00:00","isUsed":true,"unheardOf":{"by":"this version"}}
            """;

        var ended = Assert.IsType<AttemptEnded>(JobEntity.Codec.DecodeEvent("job.attempt-ended.v1", Encoding.UTF8.GetBytes(written)));

        Assert.Equal(
            new AttemptEnded(
                new(2, "n1", JobSamples.Now, JobSamples.Now.AddSeconds(1), AttemptOutcome.Failed, new("E", "m", null)), JobSamples.Now.AddSeconds(3), true),
            ended);
    }

    [Fact]
    public void Every_state_comes_back_as_it_was_but_for_its_lease()
    {
        foreach (var (name, state) in JobSamples.States)
        {
            var full = state.Spec is null ? state : state with { Spec = JobSamples.FullSpec };

            var back = JobEntity.Codec.DecodeState(JobEntity.Codec.EncodeState(full));

            Assert.Null(back.Running);
            Assert.True(JobSamples.Text(full with { Running = null }) == JobSamples.Text(back), name);
            Assert.Equal((full.Status, full.Since, full.Attempt, full.Used), (back.Status, back.Since, back.Attempt, back.Used));
        }
    }

    [Theory]
    [InlineData("""{"type":"exponential","base":"00:00:02","factor":2,"max":"01:00:00","jitter":1}""")]
    [InlineData("""{"type":"list","delays":["00:00:01","00:01:00"]}""")]
    [InlineData("""{"type":"fixed","delay":"00:00:05"}""")]
    public void Every_kind_of_wait_is_stored_under_its_own_name(string json)
    {
        var spec = JobSamples.Spec with { Backoff = RawJson.Parse(json).Deserialize<Backoff>() };

        var data = Encoding.UTF8.GetString(JobEntity.Codec.EncodeState(JobState.None with { Spec = spec }).Span);

        Assert.Contains($"\"backoff\":{json}", data, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_keep_their_ticks()
    {
        var at = JobSamples.Now.AddTicks(1234567);

        Assert.Equal(at, ((JobExpired)JobEntity.Codec.DecodeEvent("job.expired.v1", JobEntity.Codec.EncodeEvent(new JobExpired(at)))).At);
    }

    // raw JSON has no equality of its own
    private static object Shown(JobEvent happened) => happened switch
    {
        JobSubmitted submitted => (submitted with { Spec = submitted.Spec with { Args = default } }, submitted.Spec.Args.ToString()),
        AttemptStarted started => (started with { Checkpoint = null }, started.Checkpoint.ToString()),
        JobCompleted completed => (completed with { Result = default }, completed.Result.ToString()),
        AttemptEnded ended => (ended with { Checkpoint = null }, ended.Checkpoint.ToString()),
        JobDiscarded discarded => (discarded with { Checkpoint = null }, discarded.Checkpoint.ToString()),
        JobReplaced replaced => (replaced with { Spec = replaced.Spec with { Args = default } }, replaced.Spec.Args.ToString()),
        JobRetried retried => (retried with { Args = null }, retried.Args.ToString()),
        _ => happened,
    };

    private static IEnumerable<JobEvent> Varied(JobEvent happened) => happened switch
    {
        JobSubmitted submitted => [submitted, submitted with { Spec = JobSamples.Spec }, submitted with { Status = default, Spec = JobSamples.FullSpec }],
        AttemptStarted started => [started, started with { Progress = null, Log = null, Checkpoint = null }],
        JobCompleted completed => [completed, completed with { Result = RawJson.Null, Progress = null, Log = null }],
        _ => [happened],
    };
}
