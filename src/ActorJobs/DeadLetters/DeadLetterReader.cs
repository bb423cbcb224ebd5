namespace ActorJobs.DeadLetters;

/// <summary>Reads the newest dead letters, a bounded number of them, and groups them.</summary>
internal sealed class DeadLetterReader(IJobQueries queries) : IDeadLetters
{
    private const int PageSize = 1000;
    private const int MaxPages = 10; // a filter that few match makes pages short

    public async ValueTask<DeadLetterGroups> GroupAsync(JobFilter filter, CancellationToken cancellationToken = default)
    {
        var tally = new DeadLetterTally();
        string? cursor = null;
        for (var pages = 0; pages < MaxPages && tally.Examined < DeadLetterGroups.MaxExamined; pages++)
        {
            var page = await queries.ListAsync(
                filter with { State = JobStatus.Discarded }, cursor, Math.Min(PageSize, DeadLetterGroups.MaxExamined - tally.Examined), cancellationToken).ConfigureAwait(false);
            foreach (var job in page.Items)
                tally.Add(job);
            if ((cursor = page.Next) is null)
                return tally.ToGroups(isCut: false);
        }

        return tally.ToGroups(isCut: true);
    }
}
