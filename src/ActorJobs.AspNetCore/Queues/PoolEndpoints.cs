using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Pools: see them and resize them.</summary>
internal static class PoolEndpoints
{
    /// <summary>The most slots a pool may have.</summary>
    public const int MaxSize = 10_000;

    private enum PoolField
    {
        Size,
    }

    public static void MapPools(this RouteGroupBuilder api)
    {
        var pools = api.MapGroup("/pools").WithTags("pools");
        pools.MapGet("", ListAsync).WithSummary("The pools of this node").Produces<PoolList>();
        pools.MapPatch("/{name}", ResizeAsync).RequireRole(AccessRole.Admin)
            .WithSummary("Resize a pool").Accepts<ResizePool>("application/json").Produces<PoolState>().ProducesRefusals(400, 404).Audit("pool.resize");
    }

    private static async Task<IResult> ListAsync(IQueueControl control, CancellationToken cancellationToken) =>
        JsonBody.OfItems(await control.ListPoolsAsync(cancellationToken), StatsWriter.WritePool);

    private static async Task<IResult> ResizeAsync(string name, HttpContext context, IQueueControl control)
    {
        var (size, problem) = await BodyParser.ReadAsync(context, ReadSize);
        if (problem is not null)
            return problem;
        AuditNote.Add(context, details: string.Create(CultureInfo.InvariantCulture, $"size {size}"));
        return await control.ResizePoolAsync(name, size, context.RequestAborted) is { } pool
            ? JsonBody.Of(pool, StatsWriter.WritePool)
            : Problems.NotFound($"There is no pool '{name}'.");
    }

    private static int ReadSize(ref BodyReader reader)
    {
        int? size = null;
        var seen = 0u;
        while (reader.NextField(ref seen, out PoolField _))
            size = reader.ReadInteger();
        if (size is null)
            reader.FailMissing("size");
        else if (size is < 1 or > MaxSize)
            reader.FailAt("size", "out-of-range", $"A pool has 1 to {MaxSize} slots.");
        return size ?? 0;
    }
}
