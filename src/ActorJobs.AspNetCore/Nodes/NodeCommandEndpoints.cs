using ActorJobs.Client;
using ActorJobs.Cluster;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore;

/// <summary>What operators do with a node of the cluster: any node takes the order and passes it on.</summary>
internal static class NodeCommandEndpoints
{
    private enum DownField
    {
        Reason, Force,
    }

    public static void MapNodeCommands(this RouteGroupBuilder api)
    {
        var node = api.MapGroup("/nodes/{name}").WithTags("nodes");
        MapOrder("drain", "Take no new work, hand the shards over, finish what runs, and stay", NodeOrder.Drain, "Draining");
        MapOrder("leave", "Drain within the shutdown deadline, and end the process", NodeOrder.Leave, "Leaving");
        node.MapPost("/down", DeclareDownAsync).Accepts<DeclareDown>(isOptional: true, "application/json")
            .WithSummary("Declare a dead node dead, so that its shards are taken before its lease ends").Produces<NodeReceipt>().ProducesRefusals(400, 404, 409).Audit("node.down");

        void MapOrder(string verb, string summary, NodeOrder order, string state) => node
            .MapPost("/" + verb, (string name, HttpContext context) => OrderAsync(name, order, state, context))
            .Accepts<Reason>(isOptional: true, "application/json")
            .WithSummary(summary).Produces<NodeReceipt>(StatusCodes.Status202Accepted).ProducesRefusals(400, 404, 409).Audit("node." + verb);
    }

    private static async Task<IResult> OrderAsync(string name, NodeOrder order, string state, HttpContext context)
    {
        var (_, problem) = await ReasonBody.ReadAsync(context);
        if (problem is not null)
            return problem;
        var control = context.RequestServices.GetRequiredService<INodeControl>();
        if (name == context.RequestServices.GetRequiredService<NodeStatus>().Name)
        {
            // the answer and the entry in the audit log first: a node that drains answers 503
            context.Response.OnCompleted(() => control.OrderAsync(name, order, CancellationToken.None).AsTask());
            return Heard(name, state);
        }

        return await control.OrderAsync(name, order, context.RequestAborted) switch
        {
            NodeControlResult.Done => Heard(name, state),
            NodeControlResult.Silent => Problems.Conflict("node-silent", $"The node {name} does not answer. If it is dead: actorjobs cluster down {name}"),
            _ => NoSuchNode(name),
        };
    }

    private static async Task<IResult> DeclareDownAsync(string name, HttpContext context)
    {
        var (body, problem) = await BodyParser.ReadOptionalAsync(context, ReadDown, new DeclareDown());
        if (problem is not null)
            return problem;
        AuditNote.Add(context, body!.Reason, body.Force ? "forced" : null);
        return await context.RequestServices.GetRequiredService<INodeControl>().DeclareDownAsync(name, body.Force, context.RequestAborted) switch
        {
            NodeControlResult.Done => TypedResults.Json(new NodeReceipt(name, "Down"), ContractJson.Default.NodeReceipt),
            NodeControlResult.Own => Problems.Conflict("own-node", $"{name} is the node that you ask; it answers, so it is not dead. To end it: actorjobs cluster leave {name}"),
            NodeControlResult.Alive => Problems.Conflict(
                "node-alive", $"The node {name} answers. Were it declared dead, what it runs would run a second time elsewhere. To end it: actorjobs cluster leave {name}. To do it all the same: force."),
            _ => NoSuchNode(name),
        };
    }

    private static JsonHttpResult<NodeReceipt> Heard(string name, string state) =>
        TypedResults.Json(new NodeReceipt(name, state), ContractJson.Default.NodeReceipt, statusCode: StatusCodes.Status202Accepted);

    private static ApiProblem NoSuchNode(string name) => Problems.NotFound($"There is no node '{name}' in the cluster, as far as this one knows.");

    private static DeclareDown ReadDown(ref BodyReader reader)
    {
        var down = new DeclareDown();
        var seen = 0u;
        while (reader.NextField(ref seen, out DownField field))
            down = field == DownField.Force ? down with { Force = reader.ReadBoolean() ?? false } : down with { Reason = reader.ReadText() };
        return down;
    }
}
