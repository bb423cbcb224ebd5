using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorJobs.Server;

/// <summary>Where a demo runs: a folder of its own that goes with it, and an address on this machine.</summary>
internal sealed class DemoPlace : IDisposable
{
    private const int UsualPort = 8080;

    private DemoPlace(string folder, int port)
    {
        Folder = folder;
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        Settings = new Dictionary<string, string?>
        {
            ["urls"] = Url.ToString(),
            ["ActorJobs:Store"] = "sqlite",
            ["ActorJobs:Sqlite:Path"] = Path.Combine(folder, "actorjobs.db"),
            ["ActorJobs:Scraping:Path"] = Path.Combine(folder, "scraping.db"),
            ["ActorJobs:Documents:Root"] = Path.Combine(folder, "indexes"),
            ["ActorJobs:Log:File"] = Path.Combine(folder, "node.log"),
            // the node's own sample site, and nothing else beside it
            ["ActorJobs:Scraping:AllowedAddresses:0"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            ["Logging:LogLevel:Default"] = "Warning",
        };
    }

    public string Folder { get; }

    public Uri Url { get; }

    /// <summary>Settings that win over the user's own: a demo touches nothing of theirs.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    public static DemoPlace Make() => new(Directory.CreateTempSubdirectory("actorjobs-demo-").FullName, FreePort());

    public void Dispose() => Directory.Delete(Folder, recursive: true);

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
