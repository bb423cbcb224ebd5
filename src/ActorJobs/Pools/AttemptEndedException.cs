namespace ActorJobs.Pools;

/// <summary>An attempt whose code is elsewhere ended in a way that the code itself could not tell: its process crashed, its worker was not heard of any more.</summary>
internal sealed class AttemptEndedException(AttemptOutcome how, JobError error) : Exception(error.Message)
{
    public AttemptOutcome How => how;

    public JobError Error => error;
}
