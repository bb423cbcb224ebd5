using System.Text.Json;
using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Queues.Pulling;

/// <summary>A node's pool asks another node for work: the answer comes when there is some, or when the question is recalled or has become old.</summary>
/// <param name="Node">Who asks.</param>
/// <param name="Pool">For which of its pools.</param>
/// <param name="Received">The last answer it has got from there for this pool; one it has not got is given back.</param>
/// <param name="Room">How many jobs it takes; 0 to hear only that there are some.</param>
/// <param name="Queues">The queues the pool serves; empty for every other one.</param>
/// <param name="Except">With no queues: those it does not serve.</param>
/// <param name="IsNotice">Whether it asks for nothing, and only says what was received.</param>
internal sealed record PullRequest(
    string Node, string Pool, long Received, int Room, IReadOnlyList<string> Queues, IReadOnlyList<string> Except, bool IsNotice = false)
{
    public const string Operation = "pull";

    /// <summary>Takes a pull back: it is answered with what was claimed for it so far. Carries the pull.</summary>
    public const string RecallOperation = "recall";

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, PullContext.Default.PullRequest);

    public static PullRequest Decode(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, PullContext.Default.PullRequest) ?? throw new InvalidDataException("A pull is missing.");
}

/// <summary>The answer to a pull.</summary>
/// <param name="Number">To be named as received with the next pull; 0 when there are no jobs.</param>
/// <param name="Jobs">Jobs claimed for the asking node.</param>
/// <param name="HasMore">Whether there are others that it was not asked for.</param>
internal sealed record PullAnswer(long Number, IReadOnlyList<PulledJob> Jobs, bool HasMore)
{
    public static PullAnswer Nothing { get; } = new(0, [], false);

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, PullContext.Default.PullAnswer);

    public static PullAnswer Decode(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, PullContext.Default.PullAnswer) ?? throw new InvalidDataException("The answer to a pull is missing.");
}

/// <summary>A job claimed for another node's pool.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Shard">Its shard.</param>
/// <param name="State">Its state, as stored beside the history.</param>
/// <param name="ClaimType">The name of the event that is its claim.</param>
/// <param name="Claim">Its claim.</param>
internal sealed record PulledJob(string Id, int Shard, RawJson State, string ClaimType, RawJson Claim)
{
    public static PulledJob Of(ClaimedJob job)
    {
        var claim = job.State.Running!;
        var (state, codec) = (JobEntity.Codec.EncodeState(job.State), JobEntity.Codec);
        return new(job.Key.Id, job.Shard, RawJson.FromValidUtf8(state), codec.TypeOf(claim), RawJson.FromValidUtf8(codec.EncodeEvent(claim)));
    }

    public ClaimedJob ToClaimed()
    {
        var running = (AttemptStarted)JobEntity.Codec.DecodeEvent(ClaimType, Claim.Utf8);
        return new ClaimedJob(new EntityKey(JobEntity.Kind, Id), Shard, JobEntity.Codec.DecodeState(State.Utf8) with { Running = running });
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PullRequest))]
[JsonSerializable(typeof(PullAnswer))]
internal sealed partial class PullContext : JsonSerializerContext;
