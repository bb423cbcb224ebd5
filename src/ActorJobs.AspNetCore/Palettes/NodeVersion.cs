using System.Reflection;

namespace ActorJobs.AspNetCore;

/// <summary>The version of ActorJobs in this process, without the commit.</summary>
internal static class NodeVersion
{
    public static string Current { get; } =
        typeof(NodeVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
