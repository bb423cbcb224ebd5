using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorJobs.Cli;

/// <summary>Makes the HTTP client of a connection.</summary>
internal static class NodeHttp
{
    private static readonly TimeSpan Connect = TimeSpan.FromSeconds(10);

    public static HttpClient Create(ConnectionSettings settings, CliHost host, int connections = 16)
    {
        var sockets = new SocketsHttpHandler
        {
            // a redirection would take the key elsewhere
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = settings.Timeout < Connect ? settings.Timeout : Connect,
            MaxConnectionsPerServer = connections,
        };
        if (settings.Authority is { } file)
            sockets.SslOptions.CertificateChainPolicy = PolicyOf(file);
        var handler = new RetryAfterHandler(settings.Patience, host.Time, host.Error.WriteLine)
        {
            InnerHandler = new AttemptTimeoutHandler(settings.Timeout, host.Time) { InnerHandler = sockets },
        };
        // bounded by the handlers: one limit for all would end watching and waiting, too
        var http = new HttpClient(handler) { BaseAddress = settings.Node, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("actorjobs", CliVersion.Current));
        if (settings.Key is { } key)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private static X509ChainPolicy PolicyOf(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException)
        {
            throw new UsageException($"--ca {file}: {exception.Message}");
        }

        return policy.CustomTrustStore.Count > 0 ? policy : throw new UsageException($"--ca {file}: there is no certificate in it.");
    }
}
