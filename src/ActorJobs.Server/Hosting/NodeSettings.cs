using Microsoft.Extensions.Configuration.Memory;

namespace ActorJobs.Server;

/// <summary>Where settings come from: reference.conf, then a HOCON file, then what every ASP.NET Core application reads.</summary>
internal static class NodeSettings
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>The file with every default.</summary>
    public static string Reference { get; } = Path.Combine(AppContext.BaseDirectory, "hocon", "reference.conf");

    private static readonly string[] UrlKeys = ["urls", "http_ports", "https_ports"];

    // the node says itself that it is ready, and what its own requests did is for the trace log
    private static readonly Dictionary<string, string?> LogLevels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",
        // the keys of sessions are kept in a folder of the node's own, and there is nothing to encrypt them with
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        // a failed start is told in one line by the program
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "None",
    };

    public static void AddNodeSettings(this WebApplicationBuilder builder, IReadOnlyDictionary<string, string?>? overrides)
    {
        var configuration = builder.Configuration;
        var own = configuration["hocon"] ?? configuration["ACTORJOBS_HOCON"];

        // below appsettings.json, the environment and the command line, which the builder has added
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LogLevels });
        Insert(1, Reference);
        if (own is { Length: > 0 })
            Insert(2, own);
        if (overrides is not null)
            configuration.AddInMemoryCollection(overrides);
        if (UrlKeys.All(key => string.IsNullOrEmpty(configuration[key])) && !configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);

        void Insert(int at, string path) => configuration.Sources.Insert(at, new ActorJobs.Hocon.HoconConfigurationSource { Path = path });
    }
}
