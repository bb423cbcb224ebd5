namespace ActorJobs.Builtin;

/// <summary><c>builtin.echo</c>: returns its arguments.</summary>
internal sealed class EchoHandler : IJobHandler<RawJson, RawJson>
{
    public ValueTask<JobOutcome<RawJson>> RunAsync(RawJson args, JobContext context) => new(args);
}
