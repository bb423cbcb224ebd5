using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests.Api;

/// <summary>Calls of other nodes are bounded in number and in weight, and what has ended makes room.</summary>
public sealed class PeerAdmissionTests
{
    [Fact]
    public void As_many_calls_as_allowed_are_under_way()
    {
        var admission = new PeerAdmission(maxCalls: 2, maxBytes: 100);
        using var one = admission.TryEnter(0);
        using (Assert.IsType<IDisposable>(admission.TryEnter(0), exactMatch: false))
            Assert.Null(admission.TryEnter(0));

        using var next = admission.TryEnter(0);
        Assert.NotNull(next);
    }

    [Fact]
    public void Bodies_weigh_no_more_than_allowed()
    {
        var admission = new PeerAdmission(maxCalls: 10, maxBytes: 100);
        using var heavy = admission.TryEnter(60);

        Assert.Null(admission.TryEnter(41));
        using var light = admission.TryEnter(40);
        Assert.NotNull(light);
    }

    [Fact]
    public void Ending_twice_makes_room_once()
    {
        var admission = new PeerAdmission(maxCalls: 2, maxBytes: 100);
        using var other = admission.TryEnter(0);
        var call = admission.TryEnter(0)!;
        call.Dispose();
        call.Dispose();

        using var next = admission.TryEnter(0);
        Assert.NotNull(next);
        Assert.Null(admission.TryEnter(0));
    }
}
