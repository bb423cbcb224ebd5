using System.Text.Json;
using System.Text.Json.Serialization;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Tests.Entities;

public sealed class ReplyShapeTests
{
    private static readonly Answer Sent = new Answer.Granted(3);

    [Fact]
    public void A_member_of_a_closed_hierarchy_arrives_at_another_node_as_what_it_was()
    {
        var wire = new WireTypes(typeof(string), [], JsonSerializerOptions.Web);
        var (name, json) = wire.Encode(Sent);

        var arrived = Assert.IsType<EncodedReply>(wire.DecodeReply(name, json));

        Assert.Equal(Sent, arrived.Json.Deserialize<Answer>(JsonSerializerOptions.Web));
        Assert.Equal(Sent, arrived.Json.Deserialize<Answer.Granted>(JsonSerializerOptions.Web));
    }

    [Fact]
    public void A_member_of_a_closed_hierarchy_is_remembered_as_what_it_was()
    {
        var memory = CommandMemory.Empty.With("c1", Sent, 1);

        Assert.Equal(Sent, memory.Find("c1")!.Json.Deserialize<Answer>(JsonSerializerOptions.Web));
    }

    [Theory]
    [InlineData("text", typeof(string))]
    [InlineData(null, typeof(object))]
    public void Any_other_reply_is_written_as_itself(object? reply, Type shape) => Assert.Equal(shape, ReplyShape.Of(reply));

    [JsonDerivedType(typeof(Granted), "granted")]
    [JsonDerivedType(typeof(Refused), "refused")]
    internal abstract record Answer
    {
        public sealed record Granted(int Number) : Answer;

        public sealed record Refused : Answer;
    }
}
