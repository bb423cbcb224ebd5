using System.Text.Json;
using ActorJobs.Cluster;
using ActorJobs.Jobs;

namespace ActorJobs.Tests.Cluster;

/// <summary>What nodes say to one another about jobs arrives as what it was.</summary>
public sealed class JobWireTests
{
    private static readonly AttemptStarted Claim = new(2, "node-2", "default", new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public void A_started_attempt_arrives_with_its_claim()
    {
        var sent = new StartReply(JobState.None with { Running = Claim });

        var got = Assert.IsType<StartReply>(Through(sent));

        Assert.Equal(Claim, got.Started!.Running);
    }

    [Fact]
    public void A_refused_start_arrives_as_one() => Assert.Null(Assert.IsType<StartReply>(Through(StartReply.NotAvailable)).Started);

    private static object? Through(object reply)
    {
        var type = reply.GetType();
        return JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(reply, type, JobWire.Options), type, JobWire.Options);
    }
}
