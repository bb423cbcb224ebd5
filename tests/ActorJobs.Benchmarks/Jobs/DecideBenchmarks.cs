using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using BenchmarkDotNet.Attributes;

namespace ActorJobs.Benchmarks.Jobs;

/// <summary>The pure part of a job's life: three decisions, three changes of its state, and what follows from each.</summary>
public class DecideBenchmarks
{
    private readonly JobDecider decider = new();

    [Benchmark]
    public object DecideEvolve()
    {
        var submitted = decider.Evolve(JobState.None, decider.Decide(JobState.None, SampleJob.Submit, SampleJob.Context).Events[0]);
        var started = decider.Evolve(submitted, decider.Decide(submitted, SampleJob.Start, SampleJob.Context).Lease!);
        return decider.Evolve(started, decider.Decide(started, SampleJob.End, SampleJob.Context).Events[0]);
    }

    [Benchmark]
    public int Intents() =>
        DueIndex.EntriesOf(JobIntents.Of(SampleJob.Queued)).Count + DueIndex.EntriesOf(JobIntents.Of(SampleJob.Running)).Count
        + DueIndex.EntriesOf(JobIntents.Of(SampleJob.Ended)).Count;
}
