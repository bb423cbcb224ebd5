namespace ActorJobs.AspNetCore;

/// <summary>Knows more of a source of settings than its kind: the file and line. Register implementations as singletons.</summary>
public interface ISettingPlaces
{
    /// <summary>Where a provider has a value from; null when this is not a provider it knows.</summary>
    /// <param name="provider">A provider that has the key.</param>
    /// <param name="key">The key, with colons.</param>
    SettingPlace? Find(IConfigurationProvider provider, string key);
}

/// <summary>Where a value comes from.</summary>
/// <param name="Source"><c>default</c>, <c>file</c>, <c>environment</c>, <c>command line</c>, <c>program</c>, or what else there is.</param>
/// <param name="Place">Where in it: file and line, the variable's name, the option's; null when that is not known.</param>
public readonly record struct SettingPlace(string Source, string? Place);
