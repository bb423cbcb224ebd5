namespace ActorJobs.Cli;

/// <summary>What a benchmark does.</summary>
/// <param name="Run">Names its jobs.</param>
/// <param name="Jobs">How many.</param>
/// <param name="Payload">Bytes of text in the arguments of each.</param>
/// <param name="Batch">Jobs in a request; 1 submits each by itself.</param>
/// <param name="Connections">Requests under way at once.</param>
/// <param name="Kind">Their kind.</param>
/// <param name="Queue">Their queue.</param>
/// <param name="OneByOne">Whether each is submitted when the one before has ended: the latency of an idle node.</param>
/// <param name="Hold">Whether the queue is paused until all are submitted, so that submit and work are measured apart.</param>
/// <param name="Deadline">How long all of it may take.</param>
internal sealed record BenchPlan(
    string Run, int Jobs, int Payload, int Batch, int Connections, string Kind, string Queue, bool OneByOne, bool Hold, TimeSpan Deadline)
{
    public string IdOf(int number) => FormattableString.Invariant($"{Run}-{number}");
}
