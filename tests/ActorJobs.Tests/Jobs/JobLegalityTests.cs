using ActorJobs.Jobs;

namespace ActorJobs.Tests.Jobs;

/// <summary>The compiler does not check that every case of a hierarchy is handled; these tests do.</summary>
public sealed class JobLegalityTests
{
    [Fact]
    public void There_is_a_sample_of_every_command() =>
        Assert.Equal(TypesUnder<JobCommand>(), JobSamples.Commands.Values.Select(command => command.GetType().Name).Distinct().Order());

    [Fact]
    public void There_is_a_sample_of_every_event() =>
        Assert.Equal(TypesUnder<JobEvent>(), JobSamples.Events.Select(happened => happened.GetType().Name).Order());

    [Fact]
    public void There_is_a_sample_of_every_status() =>
        Assert.Equal(
            Enum.GetValues<JobStatus>(), JobSamples.States.Where(state => state.Key != "none").Select(state => state.Value.VisibleStatus).Distinct().Order());

    [Fact]
    public void Every_kind_of_outcome_is_decided()
    {
        var outcomes = typeof(JobOutcome).GetNestedTypes().Where(type => type.IsAssignableTo(typeof(JobOutcome))).Select(type => type.Name);

        Assert.Equal(
            outcomes.Order(), JobSamples.Commands.Values.OfType<EndAttempt>().Select(end => end.Outcome?.GetType().Name).OfType<string>().Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Every_event_can_be_evolved_listed_and_shown_whatever_the_state(string name)
    {
        foreach (var happened in JobSamples.Events)
        {
            if (name == "none" && happened is not JobSubmitted)
                continue; // no history begins with it
            var state = JobSamples.Decider.Evolve(JobSamples.States[name], happened);

            Assert.Equal(happened is AttemptStarted, state.Running is not null);
            Assert.NotEmpty(JobSamples.Decider.Intents(state).Entries);
            Assert.Equal(state.VisibleStatus, JobViews.Of(new JobId("sample"), state).State);
        }
    }

    public static TheoryData<string> Statuses => [.. JobSamples.States.Keys];

    private static IEnumerable<string> TypesUnder<T>() =>
        typeof(T).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T))).Select(type => type.Name).Order();
}
