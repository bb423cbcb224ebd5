namespace ActorJobs.Cli;

/// <summary>
/// Why a job of another system cannot be carried over, in a sentence that says what to do. Thrown from deep within a payload, caught where one job is read, and
/// a value from there on: <see cref="ForeignReading.Left"/>.
/// </summary>
internal sealed class NotCarriedException(string reason) : Exception(reason);
