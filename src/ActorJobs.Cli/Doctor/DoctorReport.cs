using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>What the doctor found.</summary>
/// <param name="Node">The address that was checked.</param>
/// <param name="Healthy">Whether no check failed.</param>
/// <param name="Checks">The checks, from the outside in.</param>
internal sealed record DoctorReport(string Node, bool Healthy, IReadOnlyList<CheckItem> Checks);
