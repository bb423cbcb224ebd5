using ActorJobs.AspNetCore;

namespace ActorJobs.Server;

/// <summary>Files and lines of settings in HOCON.</summary>
internal sealed class HoconPlaces : ISettingPlaces
{
    public SettingPlace? Find(IConfigurationProvider provider, string key) => provider.FindHoconPosition(key) is { } position
        ? new(position.File == NodeSettings.Reference ? "default" : "file", $"{position.File}:{position.Line}")
        : null;
}
