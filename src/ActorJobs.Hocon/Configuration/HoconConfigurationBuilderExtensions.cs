using ActorJobs.Hocon;

namespace Microsoft.Extensions.Configuration;

/// <summary>Adds HOCON files to a configuration.</summary>
public static class HoconConfigurationBuilderExtensions
{
    /// <summary>Adds a HOCON file. Sources that are added later win over it, key by key.</summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="path">The file (<c>.conf</c>, <c>.hocon</c>, or <c>.json</c> by JSON's rules). A relative path starts at the working directory.</param>
    /// <param name="optional">Whether the file may be missing.</param>
    /// <param name="reloadOnChange">Whether the file and what it includes are loaded again when they change.</param>
    public static IConfigurationBuilder AddHoconFile(this IConfigurationBuilder builder, string path, bool optional = false, bool reloadOnChange = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return builder.Add(new HoconConfigurationSource { Path = path, Optional = optional, ReloadOnChange = reloadOnChange });
    }

    /// <summary>Where in a HOCON file a provider has a key's value from, be it the file itself or one that it includes; null for other providers and keys.</summary>
    /// <param name="provider">One of the providers of a configuration.</param>
    /// <param name="key">The key, with colons.</param>
    public static HoconPosition? FindHoconPosition(this IConfigurationProvider provider, string key) => (provider as HoconConfigurationProvider)?.PositionOf(key);
}
