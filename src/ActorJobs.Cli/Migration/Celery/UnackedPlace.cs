using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>
/// The messages, of all queues, that workers have taken and not acknowledged: those that run, and those whose time (<c>eta</c>) a worker waits for. A worker that is told to
/// stop puts its own back; what lies here when none runs is what killed ones left.
/// </summary>
internal sealed class UnackedPlace(RedisConnection redis, string prefix, string queue, TimeProvider time) : IForeignPlace
{
    private readonly string key = prefix + "unacked", index = prefix + "unacked_index";

    private List<RedisWord>? tags; // as they were when they were first asked for: a hash has no order to page by

    public string Name => "unacknowledged";

    public async Task<long> CountAsync(CancellationToken cancellationToken) => (await TagsAsync(cancellationToken)).Count;

    public async Task<IReadOnlyList<ForeignEntry>> PeekAsync(long skip, int count, CancellationToken cancellationToken)
    {
        var page = (await TagsAsync(cancellationToken)).Skip((int)skip).Take(count).ToArray();
        var messages = await redis.AskAllAsync([.. page.Select(tag => (RedisWord[])["HGET", key, tag])], cancellationToken);
        return [.. page.Select((tag, at) => new ForeignEntry(tag.Bytes.ToArray()) { Fields = new Dictionary<string, byte[]> { ["message"] = messages[at].Bytes ?? [] } })];
    }

    // the hash is what counts; kombu passes over an index without its message
    public async Task<IReadOnlyList<bool>> RemoveAsync(IReadOnlyList<ForeignEntry> entries, CancellationToken cancellationToken)
    {
        var removed = await redis.AskAllAsync([.. entries.Select(entry => (RedisWord[])["HDEL", key, entry.Value])], cancellationToken);
        await redis.AskAllAsync([.. entries.Select(entry => (RedisWord[])["ZREM", index, entry.Value])], cancellationToken);
        var gone = entries.Select(entry => Convert.ToHexString(entry.Value)).ToHashSet();
        tags?.RemoveAll(tag => gone.Contains(Convert.ToHexString(tag.Bytes.Span)));
        return [.. removed.Select(reply => reply.Number > 0)];
    }

    // [message, exchange, routing key]
    public ForeignReading Read(ForeignEntry entry)
    {
        if (entry.Fields["message"] is not { Length: > 0 } bytes)
            return new ForeignReading.Elsewhere();
        var delivery = ForeignJson.Parse(bytes, "the message");
        if (delivery.ValueKind != JsonValueKind.Array || delivery.GetArrayLength() != 3)
            throw new NotCarriedException("it is no message of kombu");
        return delivery[2].ToString() == queue ? CeleryReader.Read(delivery[0], time.GetUtcNow()) : new ForeignReading.Elsewhere();
    }

    private async Task<List<RedisWord>> TagsAsync(CancellationToken cancellationToken) =>
        tags ??= [.. (await redis.AskAsync(cancellationToken, "HKEYS", key)).List.Select(item => (RedisWord)(item.Bytes ?? []))];
}
