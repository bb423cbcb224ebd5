using System.Globalization;
using ActorJobs.Actors;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>The tree of actors of this node, whole or below one of them.</summary>
internal static class ActorEndpoints
{
    private const int MaxItems = 10_000;
    private const int DefaultItems = 1_000;
    private const int MaxDepth = 32;

    public static void MapActors(this RouteGroupBuilder api) =>
        api.MapGet("/actors", List).WithSummary("Actors with state, mailbox depth and restarts").WithTags("operations")
            .Produces<ActorList>().ProducesRefusals(400, 404);

    private static IResult List(HttpContext context, NodeStatus node, string? path, string? depth, string? limit)
    {
        if (QueryRules.FindUnknown(context.Request.Query, "path", "depth", "limit") is { } unknown)
            return unknown;
        if (!QueryRules.TryReadLimit(limit, DefaultItems, MaxItems, out var size, out var problem))
            return problem;
        if (!TryReadDepth(depth, out var levels))
            return Problems.Invalid("invalid-depth", $"The depth is a whole number from 1 to {MaxDepth}.", "/depth");
        var root = "/" + path?.Trim('/');
        var found = node.Tree().Where(actor => IsIn(root, actor.Path, levels)).ToArray();
        if (found.Length == 0 && root != "/")
            return Problems.NotFound($"There is no actor '{root}'.");
        return TypedResults.Json(new ActorList([.. found.Take(size).Select(Item)], found.Length), ContractJson.Default.ActorList);
    }

    private static bool IsIn(string root, string path, int levels)
    {
        if (path == root)
            return true;
        var above = root == "/" ? root : root + "/";
        return path.StartsWith(above, StringComparison.Ordinal) && path.AsSpan(above.Length).Count('/') + 1 < levels;
    }

    private static bool TryReadDepth(string? text, out int depth)
    {
        depth = MaxDepth;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out depth) && depth is >= 1 and <= MaxDepth);
    }

    private static ActorItem Item(ActorSnapshot actor) => new(actor.Path, actor.State.ToString(), actor.MailboxDepth, actor.Restarts);
}
