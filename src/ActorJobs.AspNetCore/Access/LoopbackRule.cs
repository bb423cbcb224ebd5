using System.Net;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Without keys only this machine is served: the peer's address must be loopback, and the Host header must name loopback too, because a web page can
/// point a name of its own at 127.0.0.1 (DNS rebinding) but cannot make the browser send another Host. A forwarded request comes from elsewhere.
/// </summary>
internal static class LoopbackRule
{
    public static bool Allows(HttpContext context) =>
        IsLocalPeer(context.Connection.RemoteIpAddress) && IsLoopbackHost(context.Request.Host.Host) && !IsForwarded(context.Request.Headers);

    // no address: a Unix domain socket or an in-memory server, which only this machine reaches
    private static bool IsLocalPeer(IPAddress? address) => address is null || IPAddress.IsLoopback(address);

    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsForwarded(IHeaderDictionary headers) =>
        headers.ContainsKey("Forwarded") || headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("X-Real-IP");
}
