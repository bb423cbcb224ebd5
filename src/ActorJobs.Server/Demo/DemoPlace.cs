using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorJobs.Server;

/// <summary>Where a demo runs: a folder of its own that goes with it, and an address on this machine.</summary>
internal sealed class DemoPlace : IDisposable
{
    private const int UsualPort = 8080;

    private DemoPlace(int port)
    {
        Folder = Directory.CreateTempSubdirectory("actorjobs-demo-").FullName;
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        Settings = new Dictionary<string, string?>
        {
            ["urls"] = Url.ToString(),
            ["ActorJobs:Store"] = "sqlite",
            ["ActorJobs:Sqlite:Path"] = Path.Combine(Folder, "actorjobs.db"),
            ["ActorJobs:Scraping:Path"] = Path.Combine(Folder, "scraping.db"),
            ["ActorJobs:Documents:Root"] = Path.Combine(Folder, "indexes"),
            ["ActorJobs:Log:File"] = Path.Combine(Folder, "node.log"),
            // the node's own sample site, and nothing else beside it
            ["ActorJobs:Scraping:AllowedAddresses:0"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            ["Logging:LogLevel:Default"] = "Warning",
        };
    }

    public string Folder { get; }

    public Uri Url { get; }

    /// <summary>Settings that win over the user's own: a demo touches nothing of theirs.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    /// <param name="urls">Where to listen, as <c>--urls</c> says it; null looks for a free port. The demo is for this machine alone.</param>
    public static DemoPlace Make(string? urls) => new(PortIn(urls) ?? FreePort());

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static int? PortIn(string? urls)
    {
        if (string.IsNullOrEmpty(urls))
            return null;
        return Uri.TryCreate(urls, UriKind.Absolute, out var url) && url is { Scheme: "http", Host: "127.0.0.1" or "localhost", PathAndQuery: "/" }
            ? url.Port
            : throw new SettingsException($"--urls: the demo listens on this machine alone, for instance at http://127.0.0.1:9000, not at '{urls}'.");
    }

    // the usual port if it is free; a node of the user's may have it
    private static int FreePort()
    {
        foreach (var port in (int[])[UsualPort, 0])
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException) when (port == UsualPort)
            {
                // taken: the next one is any that is free
            }
        }

        throw new InvalidOperationException("There is no free port on 127.0.0.1.");
    }
}
