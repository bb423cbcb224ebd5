using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Shards;

/// <summary>Giving the shard to another node: what is being written is finished and answered, what only waits goes to the next owner.</summary>
internal sealed partial class Shard
{
    private bool isLeaving;

    private void BeginHandOver()
    {
        isLeaving = true;
        toLoad.Clear();
        toDecide.Clear();
    }

    private void ContinueHandOver(ActorContext<ShardMessage> context)
    {
        List<EntityCommand> waiting = [];
        foreach (var cell in cells.All)
            cell.TakePending(waiting);
        if (waiting.Count > 0)
            host.Redirect(number, waiting);
        foreach (var turnEnded in observerTurnEnds)
            turnEnded();
        if (writing == 0)
            context.Stop();
    }
}
