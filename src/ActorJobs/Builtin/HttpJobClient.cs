using System.Net;
using ActorJobs.Http;
using Microsoft.Extensions.Options;

namespace ActorJobs.Builtin;

/// <summary>
/// The connections of <c>builtin.http</c>: addresses that are not public are refused unless configuration names them, on redirects too, for every
/// connection goes through the same guard.
/// </summary>
internal sealed class HttpJobClient(IOptions<HttpJobOptions> options, TimeProvider time) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        ConnectCallback = (connection, cancellationToken) =>
            new GuardedConnector(new AddressPolicy(options.Value.AllowedAddresses), Dns.GetHostAddressesAsync).ConnectAsync(connection.DnsEndPoint, cancellationToken),
        MaxAutomaticRedirections = 5,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
        UseProxy = false, // a proxy would resolve the name where the guard cannot see it
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // the job's own timeout counts
    };

    public DateTimeOffset Now => time.GetUtcNow();

    public string? Secret => options.Value.Secret;

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose() => client.Dispose();
}

/// <summary>What <c>builtin.http</c> may reach. Bound from <c>ActorJobs:Http</c>.</summary>
[ClosedSettings]
public sealed class HttpJobOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ActorJobs:Http";

    /// <summary>Addresses, networks or addresses with a port that may be called although they are not public. Default: none.</summary>
    public IList<string> AllowedAddresses { get; set; } = [];

    /// <summary>Signs requests (Standard Webhooks 1.0.0): text, or base64 after <c>whsec_</c>. Default: null, requests are not signed.</summary>
    public string? Secret { get; set; }

    /// <summary>The address at which endpoints call back. Default: null, the address at which other nodes reach this one.</summary>
    public string? CallbackUrl { get; set; }
}
