using System.Net;
using System.Net.Sockets;

namespace ActorJobs.Http;

/// <summary>Resolves a host name. Replaced in tests; the default asks the operating system.</summary>
public delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);

/// <summary>
/// Opens connections for jobs whose targets come from outside. The name is resolved once, each address is checked, and the socket goes to exactly the checked address, so
/// that a name that answers differently the second time (DNS rebinding) gains nothing.
/// </summary>
public sealed class GuardedConnector(AddressPolicy policy, HostResolver resolve)
{
    private const int MaxAddresses = 4;

    /// <summary>Connects to a permitted address of the host.</summary>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(await PermittedAsync(target, cancellationToken).ConfigureAwait(false), target.Port, cancellationToken).ConfigureAwait(false);
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
        var all = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellationToken).ConfigureAwait(false);
        IPAddress[] permitted = [.. all.Where(address => policy.Allows(address, target.Port)).Take(MaxAddresses)];
        return permitted.Length > 0 ? permitted : throw new AddressRefusedException(target.Host);
    }
}

/// <summary>A host has only addresses that are not public and not allowed by configuration.</summary>
public sealed class AddressRefusedException(string host)
    : IOException($"{host} has no public address; name it under AllowedAddresses in the configuration if it is meant.");
