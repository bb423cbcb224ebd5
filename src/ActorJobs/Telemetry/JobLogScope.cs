using System.Collections;

namespace ActorJobs.Telemetry;

/// <summary>What every log line of an attempt carries, whoever writes it: <c>JobId</c>, <c>JobKind</c>, <c>Attempt</c> and <c>Node</c>. Read only when a line is written.</summary>
internal sealed class JobLogScope(JobContext job, string node) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 4;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("JobId", job.Id.Value),
        1 => new("JobKind", job.Kind),
        2 => new("Attempt", job.Attempt),
        3 => new("Node", node),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For logs that show scopes as text.</summary>
    public override string ToString() => $"job {job.Id} attempt {job.Attempt}";
}
