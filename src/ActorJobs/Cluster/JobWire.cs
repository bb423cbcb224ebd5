using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorJobs.Jobs;

namespace ActorJobs.Cluster;

/// <summary>The replies of jobs and queues that arrive at other nodes as what they are.</summary>
internal static class JobWire
{
    public static IReadOnlyList<Type> Replies { get; } =
    [
        typeof(SubmitReply), typeof(StartReply), typeof(EndReply), typeof(bool), typeof(ContendReply),
        typeof(JobCommandResult.Done), typeof(JobCommandResult.NotFound), typeof(JobCommandResult.Refused), typeof(JobCommandResult.Unavailable),
    ];

    // by reflection: what travels between nodes is a small part of what is stored
    public static JsonSerializerOptions Options { get; } = new(JobJsonContext.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(JobJsonContext.Default, new DefaultJsonTypeInfoResolver()),
    };
}
