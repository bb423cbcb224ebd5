using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>The nodes of the cluster.</summary>
internal static class NodeEndpoints
{
    public static void MapNodes(this RouteGroupBuilder api) =>
        api.MapGet("/nodes", ListAsync).WithSummary("The nodes of the cluster").WithTags("nodes").Produces<Client.NodeList>();

    private static async Task<IResult> ListAsync(INodeDirectory directory, CancellationToken cancellationToken) =>
        JsonBody.OfItems(await directory.ListAsync(cancellationToken), Write);

    private static void Write(Utf8JsonWriter writer, NodeView node)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, node.Name);
        writer.WriteString("url"u8, node.Url);
        writer.WriteTexts("roles"u8, node.Roles);
        writer.WriteString("state"u8, node.State);
        writer.WriteNumber("shards"u8, node.Shards);
        writer.WriteInstant("since"u8, node.Since);
        writer.WriteNumber("load"u8, node.Load);
        writer.WriteEndObject();
    }
}
