using ActorJobs.Jobs;
using BenchmarkDotNet.Attributes;

namespace ActorJobs.Benchmarks.Jobs;

/// <summary>What a job writes and reads in its life: three events and two states. Bytes go out, and come back equal.</summary>
public class CodecBenchmarks
{
    private readonly JobCodec codec = JobEntity.Codec;
    private ReadOnlyMemory<byte> submitted;
    private ReadOnlyMemory<byte> completed;
    private ReadOnlyMemory<byte> ended;

    [GlobalSetup]
    public void Encode()
    {
        submitted = codec.EncodeEvent(SampleJob.Submitted);
        completed = codec.EncodeEvent(SampleJob.Completed);
        ended = codec.EncodeState(SampleJob.Ended);
        if (codec.DecodeEvent(codec.TypeOf(SampleJob.Submitted), submitted) is not JobSubmitted read || !read.Spec.Args.Equals(SampleJob.Submit.Spec.Args))
            throw new InvalidOperationException("What was written does not come back.");
    }

    // a copy has not been written yet: the specification keeps its bytes once it has
    [Benchmark]
    public int EncodeSpec() => codec.EncodeEvent(SampleJob.Submitted with { Spec = SampleJob.Submit.Spec with { Priority = 6 } }).Length;

    [Benchmark]
    public int EncodeEvents() =>
        codec.EncodeEvent(SampleJob.Submitted).Length + codec.EncodeEvent(SampleJob.Started).Length + codec.EncodeEvent(SampleJob.Completed).Length;

    [Benchmark]
    public int EncodeState() => codec.EncodeState(SampleJob.Queued).Length + codec.EncodeState(SampleJob.Ended).Length;

    [Benchmark]
    public object DecodeSubmitted() => codec.DecodeEvent("job.submitted.v1", submitted);

    [Benchmark]
    public object DecodeCompleted() => codec.DecodeEvent("job.completed.v1", completed);

    [Benchmark]
    public object DecodeState() => codec.DecodeState(ended);
}
