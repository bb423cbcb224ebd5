using System.Reflection;

namespace ActorJobs.Cli;

/// <summary>The version of this program, without the commit.</summary>
internal static class CliVersion
{
    public static string Current { get; } =
        typeof(CliVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
