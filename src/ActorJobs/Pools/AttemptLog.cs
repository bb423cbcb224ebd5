using ActorJobs.Jobs;

namespace ActorJobs.Pools;

/// <summary>What a running attempt has said: written by its code on any thread, taken out by its pool, bounded.</summary>
internal sealed class AttemptLog(RawJson? checkpoint)
{
    private const int MaxLines = 200;
    private const int MaxLineLength = 1000;
    private const int MaxMessageLength = 500;

    private readonly Lock gate = new(); // guards all fields
    private readonly Queue<JobLogLine> lines = new();
    private JobProgress? progress;
    private RawJson? checkpoint = checkpoint;
    private bool hasNews;

    public AttemptReport Report
    {
        get
        {
            lock (gate)
                return Snapshot();
        }
    }

    /// <summary>A checkpoint as it is stored. Throws <see cref="ArgumentException"/> when it is larger than one may be.</summary>
    public static RawJson CheckpointOf<T>(T checkpoint)
    {
        var json = RawJson.Of(checkpoint);
        return json.Utf8.Length <= JobContext.MaxCheckpointBytes
            ? json
            : throw new ArgumentException($"A checkpoint has at most {JobContext.MaxCheckpointBytes} bytes, this one {json.Utf8.Length}.", nameof(checkpoint));
    }

    public void Progress(double fraction, string? message)
    {
        lock (gate)
        {
            progress = new JobProgress(double.IsNaN(fraction) ? 0 : Math.Clamp(fraction, 0, 1), Cut(message, MaxMessageLength));
            hasNews = true;
        }
    }

    public void Add(string line, DateTimeOffset at)
    {
        lock (gate)
        {
            lines.Enqueue(new JobLogLine(at, Cut(line, MaxLineLength)!));
            if (lines.Count > MaxLines)
                lines.Dequeue();
            hasNews = true;
        }
    }

    public void Checkpoint(RawJson value)
    {
        lock (gate)
            checkpoint = value.IsNull ? null : value; // stored JSON does not tell null from none
    }

    public AttemptReport? TakeNews()
    {
        lock (gate)
        {
            if (!hasNews)
                return null;
            hasNews = false;
            return Snapshot();
        }
    }

    private AttemptReport Snapshot() => progress is null && lines.Count == 0 && checkpoint is null
        ? AttemptReport.Nothing
        : new AttemptReport(progress, lines.Count == 0 ? null : [.. lines], checkpoint);

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
