using System.CommandLine;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>Where an id belongs.</summary>
/// <param name="Id">The id.</param>
/// <param name="Shard">Its shard.</param>
/// <param name="Owner">The node that owns the shard; null while none does.</param>
/// <param name="Epoch">The shard's epoch.</param>
internal sealed record ShardOfId(string Id, int Shard, string? Owner, long? Epoch)
{
    /// <summary>CRC-32C of the id's UTF-8 bytes, modulo the number of shards: the placement that stores are made with.</summary>
    public static int Of(string id, int shards)
    {
        var crc = uint.MaxValue;
        foreach (var single in Encoding.UTF8.GetBytes(id))
            crc = BitOperations.Crc32C(crc, single);
        return (int)(~crc % (uint)shards);
    }
}

/// <summary><c>shard owner ID</c>: the shard of an id, and who owns it.</summary>
internal static class ShardOwnerCommand
{
    public static Command Create(CommandLineApp app)
    {
        var id = new Argument<string>("id") { Description = "The id of a job or another entity", HelpName = "ID" };
        var command = new Command("owner", "The shard of an id, and who owns it") { Arguments = { id } };
        app.OnRun(command, async scope =>
        {
            var diagnostics = await scope.Node.GetAsync("diagnostics", scope.Cancellation);
            var shards = AnswerView.ItemsOf(await scope.Node.GetAsync("shards", scope.Cancellation)) ?? [];
            var count = Grid.At(diagnostics, "shards") is { } known ? known.GetInt32() : shards.Count;
            var shard = ShardOfId.Of(scope.Parse.GetValue(id)!, count);
            var found = shards.FirstOrDefault(item => Grid.At(item, "shard") is { ValueKind: JsonValueKind.Number } number && number.GetInt32() == shard);
            var owner = Grid.At(found, "owner") is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;
            long? epoch = Grid.At(found, "epoch") is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : null;
            scope.Screen.Show(JsonSerializer.SerializeToElement(new ShardOfId(scope.Parse.GetValue(id)!, shard, owner, epoch), CliJson.Default.ShardOfId), []);
            return ExitCode.Ok;
        });
        return command;
    }
}
