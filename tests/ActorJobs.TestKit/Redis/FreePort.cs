using System.Net;
using System.Net.Sockets;

namespace ActorJobs.TestKit.Redis;

/// <summary>Ports on 127.0.0.1 that nobody listens on at the moment.</summary>
public static class FreePort
{
    /// <summary>One of them.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
