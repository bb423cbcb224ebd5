using ActorJobs.Cluster;
using ActorJobs.TestKit.Time;

namespace ActorJobs.Tests.Cluster;

/// <summary>Only nodes that know the secret are heard, and only for a while.</summary>
public sealed class ClusterSignatureTests
{
    private static readonly byte[] Body = [1, 2, 3];

    private readonly FakeTimeProvider time = new();

    [Fact]
    public void What_was_signed_with_the_same_secret_verifies()
    {
        var header = Of("secret").Sign("pull", Body);

        Assert.True(Of("secret").VerifiesHead(header, "pull", 3));
        Assert.True(Of("secret").Verifies(header, "pull", Body));
    }

    [Fact]
    public void Another_secret_operation_body_or_length_does_not()
    {
        var header = Of("secret").Sign("pull", Body);

        Assert.False(Of("other").Verifies(header, "pull", Body));
        Assert.False(Of("other").VerifiesHead(header, "pull", 3));
        Assert.False(Of("secret").Verifies(header, "held", Body));
        Assert.False(Of("secret").Verifies(header, "pull", [1, 2, 4]));
        Assert.False(Of("secret").VerifiesHead(header, "pull", 4));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1:2")]
    [InlineData("x:y:z")]
    [InlineData("1:2:3:4")]
    public void Nonsense_does_not(string? header)
    {
        Assert.False(Of("secret").Verifies(header, "pull", Body));
        Assert.False(Of("secret").VerifiesHead(header, "pull", 3));
    }

    [Fact]
    public void An_old_one_does_not()
    {
        var header = Of("secret").Sign("pull", Body);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(Of("secret").Verifies(header, "pull", Body));

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(Of("secret").Verifies(header, "pull", Body));
        Assert.False(Of("secret").VerifiesHead(header, "pull", 3));
    }

    private ClusterSignature Of(string secret) => new(secret, time);
}
