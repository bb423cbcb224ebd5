using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Tests.Entities;

public sealed class ShardHashTests
{
    // check values of CRC-32C (RFC 3720, appendix B.4, and the usual "123456789")
    [Theory]
    [InlineData("123456789", 0xE3069283)]
    [InlineData("", 0)]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 0x8A9136AA)]
    public void An_id_hashes_by_crc_32c(string id, uint expected) => Assert.Equal((int)(expected % int.MaxValue), ShardHash.Of(id, int.MaxValue));

    [Fact]
    public void Ids_spread_evenly()
    {
        var counts = new int[64];
        for (var i = 0; i < 64_000; i++)
            counts[ShardHash.Of($"job-{i}", 64)]++;

        Assert.All(counts, count => Assert.InRange(count, 700, 1_300));
    }

    [Fact]
    public void An_id_of_any_length_has_a_shard() => Assert.InRange(ShardHash.Of(new string('ж', 4_000_000), 64), 0, 63);
}
