using System.Text;

namespace ActorJobs.Jobs;

/// <summary>The names of states and outcomes as UTF-8, made once.</summary>
internal static class EnumText
{
    private static readonly byte[][] Statuses = [.. Enum.GetValues<JobStatus>().Select(status => Encoding.UTF8.GetBytes(status.ToString()))];
    private static readonly byte[][] Outcomes = [.. Enum.GetValues<AttemptOutcome>().Select(outcome => Encoding.UTF8.GetBytes(outcome.ToString()))];

    public static ReadOnlySpan<byte> Of(JobStatus status) => Statuses[(int)status];

    public static ReadOnlySpan<byte> Of(AttemptOutcome outcome) => Outcomes[(int)outcome];

    public static JobStatus? StatusOf(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < Statuses.Length; i++)
        {
            if (text.SequenceEqual(Statuses[i]))
                return (JobStatus)i;
        }

        return null;
    }
}
