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
        Size, Min, Max,
    }

    public static void MapPools(this RouteGroupBuilder api)
    {
        var pools = api.MapGroup("/pools").WithTags("pools");
        pools.MapGet("", ListAsync).WithSummary("The pools of this node").Produces<PoolList>();
        pools.MapPatch("/{name}", ResizeAsync).RequireRole(AccessRole.Admin)
            .WithSummary("Give a pool a fixed size, or bounds between which it scales itself").Accepts<ResizePool>("application/json").Produces<PoolState>().ProducesRefusals(400, 404, 409).Audit("pool.resize");
    }

    private static async Task<IResult> ListAsync(IQueueControl control, CancellationToken cancellationToken) =>
        JsonBody.OfItems(await control.ListPoolsAsync(cancellationToken), StatsWriter.WritePool);

    private static async Task<IResult> ResizeAsync(string name, HttpContext context, IQueueControl control)
    {
        var (change, problem) = await BodyParser.ReadAsync(context, ReadChange);
        if (problem is not null)
            return problem;
        AuditNote.Add(context, details: change!.Size is { } slots
            ? string.Create(CultureInfo.InvariantCulture, $"size {slots}")
            : string.Create(CultureInfo.InvariantCulture, $"{change.Min} to {change.Max}"));
        if ((await control.ListPoolsAsync(context.RequestAborted)).Any(pool => pool.Name == name && pool.Runs == PoolRuns.Remote))
            return Problems.Conflict("remote-pool", "A remote pool has as many slots as its workers ask for.");
        var changed = change.Size is { } size
            ? await control.ResizePoolAsync(name, size, context.RequestAborted)
            : await control.ScalePoolAsync(name, change.Min!.Value, change.Max!.Value, context.RequestAborted);
        return changed is { } pool ? JsonBody.Of(pool, StatsWriter.WritePool) : Problems.NotFound($"There is no pool '{name}'.");
    }

    private static ResizePool ReadChange(ref BodyReader reader)
    {
        var change = new ResizePool();
        var seen = 0u;
        while (reader.NextField(ref seen, out PoolField field))
        {
            change = field switch
            {
                PoolField.Size => change with { Size = ReadSlots(ref reader, "size") },
                PoolField.Min => change with { Min = ReadSlots(ref reader, "min") },
                _ => change with { Max = ReadSlots(ref reader, "max") },
            };
        }

        if (change is { Size: not null } and not { Min: null, Max: null })
            reader.FailAt("size", "either-or", "Either a size, or min and max.");
        else if (change.Size is null && change.Max is null)
            reader.FailMissing(change.Min is null ? "size" : "max");
        else if (change.Min > change.Max)
            reader.FailAt("min", "out-of-range", "The fewest slots are at most the most.");
        return change.Max is null ? change : change with { Min = change.Min ?? 1 };
    }

    private static int? ReadSlots(ref BodyReader reader, string field)
    {
        var slots = reader.ReadInteger();
        if (slots is < 1 or > MaxSize)
            reader.FailAt(field, "out-of-range", $"A pool has 1 to {MaxSize} slots.");
        return slots;
    }
}
