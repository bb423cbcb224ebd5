using System.Net;
using ActorJobs.Http;

namespace ActorJobs.Tests.Http;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("93.184.215.14", true)]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:93.184.215.14", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b::5db8:d70e", true)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("ff02::1", false)]
    public void Special_purpose_addresses_are_not_public(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1", 80, true)]
    [InlineData("127.0.0.1:8080", 8080, true)]
    [InlineData("127.0.0.1:8080", 8081, false)]
    [InlineData("127.0.0.0/8", 9, true)]
    [InlineData("10.0.0.0/8", 80, false)]
    public void A_deployer_may_allow_an_address_a_network_or_one_port(string allowed, int port, bool expected)
    {
        var policy = new AddressPolicy([allowed]);

        Assert.Equal(expected, policy.Allows(IPAddress.Loopback, port));
        Assert.Equal(expected, policy.Allows(IPAddress.Loopback.MapToIPv6(), port));
    }

    [Fact]
    public void What_is_no_address_is_refused_at_start() =>
        Assert.Throws<FormatException>(() => new AddressPolicy(["localhost"]));
}
