namespace ActorJobs.Client;

/// <summary>A copy of the embedded store: <c>POST /api/v1/backups</c>.</summary>
/// <param name="File">Where it lies, on the node's machine.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Took">How long it took.</param>
public sealed record BackupReceipt(string File, long Bytes, TimeSpan Took);
