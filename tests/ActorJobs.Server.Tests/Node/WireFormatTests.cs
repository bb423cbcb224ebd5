using ActorJobs.Actors.Entities;
using ActorJobs.TestKit.Clusters;

namespace ActorJobs.Server.Tests.Node;

/// <summary>
/// Nodes of different builds understand one another while a cluster is restarted node by node: every command and reply arrives as what it was, and
/// none is written otherwise than it was once recorded.
/// </summary>
public sealed class WireFormatTests : IAsyncDisposable
{
    // framed by the build that this file came with: a command of a new entity, one with an id, and one without; then all forms of replies
    private const string CommandBatch =
        "AQEDAAAAam9iBAAAAG1haWwAAAAADgAAAEFja25vd2xlZGdlRW5kCgAAAHsiZW5kcyI6N30AAwAAAGpvYggAAABncsO2w59lcgkAAABjb21tYW5kLTEOAAAAQWNrbm93bGVkZ2VFbmQKAAAAeyJl" +
        "bmRzIjo3fQADAAAAam9iAQAAAGMAAAAADgAAAEFja25vd2xlZGdlRW5kCgAAAHsiZW5kcyI6N30=";
    private const string ReplyBatch = "AQABBQAAAAkAAABlbHNld2hlcmUCCwAAAFN1Ym1pdFJlcGx5DgAAAHsiaXNOZXciOnRydWV9";

    private readonly WebApplication app = NodeApplication.Build([], new Dictionary<string, string?> { ["ActorJobs:Store"] = "memory", ["ActorJobs:Log:File"] = "" });

    private IReadOnlyList<WireProbe> Kinds => WireProbe.Of(app.Services);

    [Fact]
    public void Every_command_and_reply_arrives_as_what_it_was()
    {
        var count = 0;
        foreach (var kind in Kinds)
        {
            foreach (var (name, type) in kind.Types)
            {
                foreach (var sample in WireSamples.Of(type))
                {
                    var json = kind.Encode(sample);
                    var arrived = kind.Decode(name, json);
                    Assert.IsType(type, arrived);
                    Assert.Equal(json, kind.Encode(arrived));
                    count++;
                }
            }
        }

        Assert.True(count > 40, $"Only {count} samples: the kinds are not found.");
    }

    [Fact]
    public void What_an_older_build_says_is_understood_and_what_it_needs_is_said()
    {
        var kinds = Kinds.ToDictionary(kind => kind.Kind);
        var now = Now().ToLookup(line => (line.Kind, line.Name));
        foreach (var recorded in WireFormat.Recorded())
        {
            var kind = kinds[recorded.Kind];
            var read = kind.Decode(recorded.Name, recorded.Json);
            Assert.True(kind.Types.TryGetValue(recorded.Name, out var type), $"{recorded.Kind} {recorded.Name}: older builds send it, and it is known no more.");
            Assert.IsType(type, read);
            Assert.True(WireFormat.Contains(kind.Encode(read), recorded.Json), $"{recorded.Kind} {recorded.Name}: of {recorded.Json} only {kind.Encode(read)} has arrived.");
            Assert.True(
                now[(recorded.Kind, recorded.Name)].Any(line => WireFormat.Contains(line.Json, recorded.Json)),
                $"{recorded.Kind} {recorded.Name}: older builds expect {recorded.Json}, and this one says {string.Join(" or ", now[(recorded.Kind, recorded.Name)].Select(line => line.Json))}.");
        }
    }

    [Fact]
    public void Every_command_and_reply_is_recorded()
    {
        var recorded = WireFormat.Recorded();
        WireLine[] missing = [.. Now().Where(line => !recorded.Contains(line))];
        if (Environment.GetEnvironmentVariable(WireFormat.Recording) == "1")
            WireFormat.Add(missing);
        else
            Assert.True(missing.Length == 0, $"New on the wire; run this test once with {WireFormat.Recording}=1:\n{string.Join('\n', missing.AsEnumerable())}");
    }

    [Fact]
    public void Frames_are_the_recorded_bytes()
    {
        var job = Kinds.Single(kind => kind.Kind == "job");
        // the reply as it was then: a sample has what came to it since
        var (command, reply) = (WireSamples.Of(job.Types["AcknowledgeEnd"])[0], job.Decode("SubmitReply", """{"isNew":true}""")!);
        EntityCommand[] batch =
        [
            new(new("job", "mail"), command, null, 0, null) { IsNew = true },
            new(new("job", "größer"), command, null, 1, "command-1"),
            new(new("job", "c"), command, null, 2, null),
        ];
        object?[] replies = [null, new EntityFailure(EntityFailureReason.NotOwner, "elsewhere"), reply];

        var (commands, answers) = (Convert.ToBase64String(job.EncodeBatch(batch)), Convert.ToBase64String(job.EncodeReplies(batch, replies)));
        Assert.True((commands, answers) == (CommandBatch, ReplyBatch), $"Other frames than older builds have: {commands} and {answers}");

        var arrived = job.DecodeBatch(Convert.FromBase64String(CommandBatch));
        Assert.Equal(batch.Select(sent => (sent.Key, sent.CommandId, sent.IsNew, job.Encode(sent.Command))), arrived.Select(got => (got.Key, got.CommandId, got.IsNew, job.Encode(got.Command))));
        var answered = job.DecodeReplies(Convert.FromBase64String(ReplyBatch), batch);
        Assert.Equal([null, replies[1]], answered[..2]);
        Assert.Equal(job.Encode(reply), job.Encode(answered[2]!));
    }

    [Fact]
    public void A_command_of_a_newer_build_is_refused_for_itself_and_the_rest_of_the_batch_is_taken()
    {
        var job = Kinds.Single(kind => kind.Kind == "job");
        var command = WireSamples.Of(job.Types["PromoteJob"])[0];
        var bytes = job.EncodeBatch([new(new("job", "a"), command), new(new("job", "b"), command)]);
        "Demote"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("Promot"u8))); // the first command has a name that nobody knows

        var arrived = job.DecodeBatch(bytes);

        Assert.Equal(EntityFailureReason.Unavailable, Assert.IsType<EntityFailure>(arrived[0].Command).Reason);
        Assert.IsType(command.GetType(), arrived[1].Command);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private WireLine[] Now() => [.. from kind in Kinds
                                    from type in kind.Types.OrderBy(type => type.Key, StringComparer.Ordinal)
                                    from sample in WireSamples.Of(type.Value)
                                    select new WireLine(kind.Kind, type.Key, kind.Encode(sample))];
}
