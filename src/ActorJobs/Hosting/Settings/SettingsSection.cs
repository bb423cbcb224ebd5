namespace ActorJobs.Hosting.Settings;

/// <summary>A section of the configuration that options are read from: what is known, for whoever refuses the rest.</summary>
/// <param name="Path">The section.</param>
/// <param name="Options">The options' type.</param>
internal sealed record SettingsSection(string Path, Type Options);
