namespace ActorJobs.Client;

/// <summary>The settings in force on the node that answers: <c>GET /api/v1/configuration</c>.</summary>
/// <param name="Items">By key.</param>
public sealed record SettingList(IReadOnlyList<SettingItem> Items);

/// <summary>A setting in force.</summary>
/// <param name="Key">Its key, with colons.</param>
/// <param name="Value">Its value; null when it is not set, <c>***</c> when it is a secret.</param>
/// <param name="Source"><c>default</c> (reference.conf), <c>file</c>, <c>environment</c>, <c>command line</c>, <c>program</c>, or what else an application reads.</param>
/// <param name="Place">Where in it: file and line, the variable, the option; null when that is not known.</param>
public sealed record SettingItem(string Key, string? Value, string Source, string? Place = null);
