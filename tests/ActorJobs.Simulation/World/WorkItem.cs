namespace ActorJobs.Simulation.World;

/// <summary>Something to be done in a turn.</summary>
internal sealed class WorkItem(Action act) : IThreadPoolWorkItem
{
    public void Execute() => act();
}
