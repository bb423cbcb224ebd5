using System.Globalization;
using System.Net;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>Decides which addresses may be connected to: public ones, and those the deployer names.</summary>
internal sealed class AddressPolicy
{
    private readonly Exemption[] exemptions;

    public AddressPolicy(IEnumerable<string> allowed) => exemptions = [.. allowed.Select(Exemption.Parse)];

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
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"{ScrapingOptions.Section}:AllowedAddresses: '{text}' is no address, network (10.0.0.0/8) or address with port."));
        }

        public bool Covers(IPAddress address, int port)
        {
            var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            return Network.Contains(plain) && (Port is null || Port == port);
        }

        private static IPNetwork Single(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);
    }
}
