using System.Collections;
using ActorJobs.Client;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace ActorJobs.AspNetCore;

/// <summary>The settings in force, each with where it comes from, secrets masked. Only of sections that are the node's: the environment has other people's.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="places">What knows of files and lines.</param>
public sealed class SettingOrigins(IConfiguration configuration, IEnumerable<ISettingPlaces> places)
{
    private static readonly string[] Sections = [ActorJobsOptions.Section, "Logging", "Kestrel", "AllowedHosts", "urls", "http_ports", "https_ports"];

    // of the host's own settings
    private static readonly string[] Prefixes = ["", "ASPNETCORE_", "DOTNET_"];

    private readonly ISettingPlaces[] places = [.. places];

    /// <summary>All of them by key, those that are not set without a value.</summary>
    /// <param name="below">Only keys that begin so; case does not matter. Null for all.</param>
    public IReadOnlyList<SettingItem> List(string? below = null)
    {
        if (configuration is not IConfigurationRoot root)
            return [];
        var keys = Sections.SelectMany(section => KeysBelow(root.GetSection(section)));
        return
        [
            .. keys.Where(key => below is null || key.StartsWith(below, StringComparison.OrdinalIgnoreCase))
                .Select(key => ItemOf(root, key)).OfType<SettingItem>().OrderBy(item => item.Key, StringComparer.OrdinalIgnoreCase),
        ];
    }

    // a section without anything in it is a key that is not set
    private static IEnumerable<string> KeysBelow(IConfigurationSection section)
    {
        var isEmpty = true;
        foreach (var key in section.GetChildren().SelectMany(KeysBelow))
        {
            isEmpty = false;
            yield return key;
        }

        if (isEmpty || section.Value is not null)
            yield return section.Path;
    }

    private SettingItem? ItemOf(IConfigurationRoot root, string key) =>
        Find(root, key) is var (value, place) ? new SettingItem(key, SecretSettings.Show(key, value), place.Source, place.Place) : null;

    // the last that has the key wins, also with null
    private (string? Value, SettingPlace Place)? Find(IConfigurationRoot root, string key)
    {
        foreach (var provider in root.Providers.Reverse())
        {
            if (!provider.TryGet(key, out var value))
                continue;
            return provider is ChainedConfigurationProvider { Configuration: IConfigurationRoot inner } && Find(inner, key) is { } found
                ? found
                : (value, PlaceOf(provider, key));
        }

        return null;
    }

    private SettingPlace PlaceOf(IConfigurationProvider provider, string key)
    {
        foreach (var place in places)
            if (place.Find(provider, key) is { } known)
                return known;
        return provider switch
        {
            EnvironmentVariablesConfigurationProvider => new("environment", VariableOf(key)),
            CommandLineConfigurationProvider => new("command line", $"--{key}"),
            FileConfigurationProvider { Source: { Path: { } path } source } => new("file", source.FileProvider?.GetFileInfo(path).PhysicalPath ?? path),
            MemoryConfigurationProvider => new("program", null),
            _ => new(provider.GetType().Name, null),
        };
    }

    private static string? VariableOf(string key) => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key)
        .FirstOrDefault(name => Prefixes.Any(prefix => string.Equals(name.Replace("__", ":", StringComparison.Ordinal), prefix + key, StringComparison.OrdinalIgnoreCase)));
}
