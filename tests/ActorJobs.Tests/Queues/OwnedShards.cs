namespace ActorJobs.Tests.Queues;

/// <summary>The shards of a node that is alone.</summary>
internal static class OwnedShards
{
    public static bool[] All(int count)
    {
        var owned = new bool[count];
        Array.Fill(owned, true);
        return owned;
    }
}
