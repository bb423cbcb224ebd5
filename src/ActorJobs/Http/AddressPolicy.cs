using System.Net;

namespace ActorJobs.Http;

/// <summary>Decides which addresses may be connected to: public ones, and those the deployer names.</summary>
public sealed class AddressPolicy
{
    private readonly Exemption[] exemptions;

    /// <summary>Makes the policy.</summary>
    /// <param name="allowed">Addresses, networks (<c>10.0.0.0/8</c>) or addresses with a port. Throws <see cref="FormatException"/> for anything else.</param>
    public AddressPolicy(IEnumerable<string> allowed) => exemptions = [.. allowed.Select(Exemption.Parse)];

    /// <summary>Whether a connection to the address and port is permitted.</summary>
    public bool Allows(IPAddress address, int port) =>
        PublicAddress.IsPublic(address) || Array.Exists(exemptions, exemption => exemption.Covers(address, port));

    private sealed record Exemption(IPNetwork Network, int? Port)
    {
        public static Exemption Parse(string text)
        {
            if (IPNetwork.TryParse(text, out var network))
                return new Exemption(network, null);
            // IPEndPoint.TryParse reads "::1:8080" as one address, as it should: a port after IPv6 needs brackets
            if (IPAddress.TryParse(text, out var address))
                return new Exemption(Single(address), null);
            if (IPEndPoint.TryParse(text, out var endpoint))
                return new Exemption(Single(endpoint.Address), endpoint.Port);
            throw new FormatException($"AllowedAddresses: '{text}' is no address, network (10.0.0.0/8) or address with port.");
        }

        public bool Covers(IPAddress address, int port)
        {
            var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            return Network.Contains(plain) && (Port is null || Port == port);
        }

        private static IPNetwork Single(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);
    }
}
