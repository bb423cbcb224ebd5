using ActorJobs.Hocon.Files;
using Microsoft.Extensions.Configuration;

namespace ActorJobs.Hocon;

/// <summary>A HOCON file as a source of configuration.</summary>
public sealed class HoconConfigurationSource : IConfigurationSource
{
    /// <summary>The file (<c>.conf</c>, <c>.hocon</c>, or <c>.json</c> by JSON's rules). A relative path starts at the working directory.</summary>
    public required string Path { get; set; }

    /// <summary>Whether the file may be missing. Default: no.</summary>
    public bool Optional { get; set; }

    /// <summary>Whether the file and what it includes are watched and loaded again when they change. Default: no.</summary>
    public bool ReloadOnChange { get; set; }

    /// <summary>Told when a changed file is not valid; the values loaded before stay. Default: nobody is told.</summary>
    public Action<HoconException>? ReloadFailed { get; set; }

    /// <summary>
    /// Sections below <c>ActorJobs</c>, with colons between keys, whose keys are names given by the user, in which hyphens are kept. An asterisk stands for any
    /// one key; two at the end mean all that lies below, however deep.
    /// Default: <c>Pools</c>, <c>Queues</c>, <c>Tenants</c>, <c>Breakers</c>, <c>Handlers</c>, <c>Schedules</c>, <c>Schedules:*:Job:Args:**</c>,
    /// <c>Documents:Folders</c>, <c>Documents:Embedders</c>.
    /// </summary>
    public ISet<string> NameSections => Names;

    internal HashSet<string> Names { get; } = new(
        ["Pools", "Queues", "Tenants", "Breakers", "Handlers", "Schedules", "Schedules:*:Job:Args:**", "Documents:Folders", "Documents:Embedders"],
        StringComparer.OrdinalIgnoreCase);

    internal IHoconFiles Files { get; init; } = new DiskFiles();

    internal Func<string, string?> ReadEnvironment { get; init; } = Environment.GetEnvironmentVariable;

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new HoconConfigurationProvider(this);
}
