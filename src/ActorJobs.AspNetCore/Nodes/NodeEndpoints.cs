using System.Text.Json;
using ActorJobs.Cluster;

namespace ActorJobs.AspNetCore;

/// <summary>The nodes of the cluster, and who owns which shard.</summary>
internal static class NodeEndpoints
{
    public static void MapNodes(this RouteGroupBuilder api)
    {
        api.MapGet("/nodes", (IClusterNodes cluster) => JsonBody.OfItems(cluster.Nodes, WriteNode))
            .WithSummary("The nodes of the cluster").WithTags("nodes").Produces<Client.NodeList>();
        api.MapGet("/shards", (IClusterNodes cluster) => JsonBody.OfItems(cluster.Shards, WriteShard))
            .WithSummary("The shards with their owners").WithTags("nodes").Produces<Client.ShardList>();
    }

    private static void WriteNode(Utf8JsonWriter writer, NodeView node)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, node.Name);
        writer.WriteString("url"u8, node.Url);
        writer.WriteTexts("roles"u8, node.Roles);
        writer.WriteString("state"u8, node.State);
        writer.WriteNumber("shards"u8, node.Shards);
        writer.WriteInstant("since"u8, node.Since);
        writer.WriteNumber("load"u8, node.Load);
        writer.WriteString("version"u8, node.Version);
        writer.WriteStartArray("pools"u8);
        foreach (var pool in node.Pools)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, pool.Name);
            writer.WriteNumber("size"u8, pool.Size);
            writer.WriteNumber("busy"u8, pool.Busy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteShard(Utf8JsonWriter writer, ShardView shard)
    {
        writer.WriteStartObject();
        writer.WriteNumber("shard"u8, shard.Shard);
        writer.WriteString("owner"u8, shard.Owner);
        writer.WriteNumber("epoch"u8, shard.Epoch);
        writer.WriteEndObject();
    }
}
