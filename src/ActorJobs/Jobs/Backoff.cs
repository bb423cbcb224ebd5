using System.Text.Json.Serialization;

namespace ActorJobs;

/// <summary>How long a job waits between attempts. Pure: the random part comes in from outside.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Exponential), "exponential")]
[JsonDerivedType(typeof(List), "list")]
[JsonDerivedType(typeof(Fixed), "fixed")]
public abstract record Backoff
{
    private Backoff()
    {
    }

    /// <summary>Exponential from 2 s, doubling, at most 1 h, with full jitter.</summary>
    public static Backoff Default { get; } = new Exponential(TimeSpan.FromSeconds(2), 2, TimeSpan.FromHours(1), 1);

    /// <summary>The wait after attempt number <paramref name="attempt"/> (from 1) failed.</summary>
    /// <param name="attempt">Which attempt failed.</param>
    /// <param name="random">A value in [0, 1) that places the jitter.</param>
    public abstract TimeSpan After(int attempt, double random);

    /// <summary>
    /// <c>base * factor^(attempt-1)</c>, at most <paramref name="Max"/>; of that, the share <paramref name="Jitter"/> is drawn at random
    /// (0: none, 1: full jitter, so anything between zero and the whole wait).
    /// </summary>
    public sealed record Exponential(TimeSpan Base, double Factor, TimeSpan Max, double Jitter) : Backoff
    {
        /// <inheritdoc/>
        public override TimeSpan After(int attempt, double random)
        {
            var whole = Math.Min(Base.TotalSeconds * Math.Pow(Factor, Math.Min(attempt, 64) - 1), Max.TotalSeconds);
            return TimeSpan.FromSeconds(whole * (1 - (Jitter * random)));
        }
    }

    /// <summary>A wait per attempt; the last one is used again when the list ends.</summary>
    public sealed record List(IReadOnlyList<TimeSpan> Delays) : Backoff
    {
        /// <inheritdoc/>
        public override TimeSpan After(int attempt, double random) =>
            Delays.Count == 0 ? TimeSpan.Zero : Delays[Math.Min(attempt, Delays.Count) - 1];

        /// <inheritdoc/>
        public bool Equals(List? other) => other is not null && Delays.SequenceEqual(other.Delays);

        /// <inheritdoc/>
        public override int GetHashCode() => Delays.Aggregate(Delays.Count, HashCode.Combine);
    }

    /// <summary>Always the same wait.</summary>
    public sealed record Fixed(TimeSpan Delay) : Backoff
    {
        /// <inheritdoc/>
        public override TimeSpan After(int attempt, double random) => Delay;
    }
}
