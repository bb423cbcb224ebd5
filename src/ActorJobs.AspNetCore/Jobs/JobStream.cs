namespace ActorJobs.AspNetCore;

/// <summary>A watched job as server-sent events: one <c>job</c> event per view, the last of them with an id by which a returning browser is known.</summary>
internal static class JobStream
{
    /// <summary>The id of the last event. An attempt more means that the job was retried, and is worth watching again.</summary>
    public static string EndId(JobView job) => $"ended-{job.Attempt}";

    public static StreamEvent ToEvent(JobView job) =>
        StreamEvent.Json("job", job, JobWriter.Write, job.State.IsTerminal() ? EndId(job) : null);

    public static async IAsyncEnumerable<JobView> ToTheEnd(IAsyncEnumerable<JobView> views)
    {
        await foreach (var view in views)
        {
            yield return view;
            if (view.State.IsTerminal())
                yield break;
        }
    }
}
