using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Passes durable changes on: new work to the relay, and every change to those who watch. Called in a shard's turns, so it only hands over.</summary>
internal sealed class ConversationObserver(WorkRelay relay, ConversationFeed feed, Lazy<Language> fallback) : IEntityObserver<ConversationState>
{
    public void Changed(EntityKey key, ConversationState before, ConversationState after)
    {
        feed.Publish(key.Id);
        if (!after.HasWork)
            return;
        var known = ConversationWork.Of(key.Id, before, fallback.Value);
        foreach (var job in ConversationWork.Of(key.Id, after, fallback.Value))
        {
            if (known.All(other => other.Id != job.Id))
                relay.Offer(job);
        }
    }

    public void TurnEnded()
    {
    }
}
