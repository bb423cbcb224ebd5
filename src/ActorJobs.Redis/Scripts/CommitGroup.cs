using System.Runtime.InteropServices;
using ActorJobs.Actors.Stores;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>A group of commits, divided by shard and epoch, and what became of each.</summary>
internal sealed class CommitGroup
{
    private readonly List<CommitSection> sections = [];
    private readonly WriteResult[] results;

    public CommitGroup(IReadOnlyList<EntityWrite> writes)
    {
        results = new WriteResult[writes.Count];
        var open = new Dictionary<(int, long), CommitSection>();
        for (var i = 0; i < writes.Count; i++)
        {
            ref var section = ref CollectionsMarshal.GetValueRefOrAddDefault(open, (writes[i].Shard, writes[i].Epoch), out _);
            if (section is null || section.Places.Count == CommitSection.MaxMembers)
                sections.Add(section = new CommitSection(writes[i].Shard, writes[i].Epoch));
            section.Add(writes[i], i);
        }
    }

    /// <summary>The answers in the group's order: written, where nothing else has been noted.</summary>
    public IReadOnlyList<WriteResult> Results => results;

    /// <summary>The sections of each script call: all in one, or those of each shard.</summary>
    public IEnumerable<IReadOnlyList<CommitSection>> Calls(bool byShard) =>
        byShard ? sections.GroupBy(section => section.Shard).Select(shard => (IReadOnlyList<CommitSection>)[.. shard]) : [sections];

    /// <summary>Takes the answer to a call: member, status and holder of each member that was refused.</summary>
    public void Note(IReadOnlyList<CommitSection> call, RedisResult[] refused)
    {
        if (refused.Length == 0)
            return;
        int[] places = [.. call.SelectMany(section => section.Places)];
        for (var i = 0; i < refused.Length; i += 3)
            results[places[(int)refused[i]]] = ResultOf((CommitStatus)(int)refused[i + 1], (byte[])refused[i + 2]);
    }

    private static WriteResult ResultOf(CommitStatus status, byte[] holder) => status switch
    {
        CommitStatus.OtherVersion => new(WriteStatus.VersionConflict),
        CommitStatus.StaleEpoch => new(WriteStatus.StaleEpoch),
        CommitStatus.KeyHeld => new(WriteStatus.KeyHeld, EntityName.Decode(holder).Id),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // as commit.lua says it
    private enum CommitStatus
    {
        OtherVersion = 1,
        StaleEpoch = 2,
        KeyHeld = 3,
    }
}
