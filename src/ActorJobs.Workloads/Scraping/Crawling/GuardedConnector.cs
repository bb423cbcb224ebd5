using System.Net;
using System.Net.Sockets;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>Resolves a host name. Replaced in tests; the default asks the operating system.</summary>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);

/// <summary>
/// Opens the connections of the crawler. The name is resolved once, each address is checked, and the socket goes to exactly the checked address, so
/// that a name that answers differently the second time (DNS rebinding) gains nothing.
/// </summary>
internal sealed class GuardedConnector(AddressPolicy policy, HostResolver resolve)
{
    private const int MaxAddresses = 4;

    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(await PermittedAsync(target, cancellationToken), target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses of the host that may be reached. Throws <see cref="AddressRefusedException"/> when there is none.</summary>
    public async Task<IPAddress[]> PermittedAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var all = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellationToken);
        IPAddress[] permitted = [.. all.Where(address => policy.Allows(address, target.Port)).Take(MaxAddresses)];
        return permitted.Length > 0 ? permitted : throw new AddressRefusedException(target.Host);
    }
}

/// <summary>A host has only addresses that are not public and not allowed by configuration.</summary>
internal sealed class AddressRefusedException(string host)
    : IOException($"{host} has no public address; allow it in {ScrapingOptions.Section}:AllowedAddresses if it is meant.");
