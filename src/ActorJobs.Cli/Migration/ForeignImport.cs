using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>
/// Drains a queue of another system: looks at a batch of jobs, has them stored here, and only then removes them there. Whenever that is broken off, each job is there,
/// here, or in both; those in both are found again by the next run, and are the same job here by their ids.
/// </summary>
internal sealed class ForeignImport(Scope scope, IForeignSystem system, ForeignImportPlan plan, LeftJobs leftJobs)
{
    private readonly BatchSender sender = new(scope.Node, scope.Connection.Patience, scope.Host.Time);
    private long found, imported, existing, left, gone;

    public async Task<ForeignImportReport> RunAsync()
    {
        var began = scope.Host.Time.GetTimestamp();
        try
        {
            // those that come meanwhile are not waited for: an import ends, however fast others produce
            var counts = new List<long>();
            foreach (var place in system.Places)
                counts.Add(await place.CountAsync(scope.Cancellation));
            await Progress.RunAsync(scope, "importing", counts.Sum(), async report =>
            {
                for (var i = 0; i < counts.Count; i++)
                    await DrainAsync(system.Places[i], counts[i], report);
            });
        }
        catch (Exception)
        {
            scope.Screen.Note($"{imported} jobs were carried over. The same command again goes on from there; none is doubled.");
            throw;
        }

        var seconds = Math.Round(scope.Host.Time.GetElapsedTime(began).TotalSeconds, 3);
        return new ForeignImportReport(system.Name, plan.Queue, plan.DryRun, found, imported, existing, left, gone, seconds, leftJobs.First);
    }

    private async Task DrainAsync(IForeignPlace place, long most, Action<long> report)
    {
        var skip = 0L; // what was looked at and stays lies before the rest
        for (var looked = 0L; looked < most;)
        {
            var entries = await place.PeekAsync(skip, (int)Math.Min(plan.Batch, most - looked), scope.Cancellation);
            if (entries.Count == 0)
                return;
            skip += entries.Count - await CarryAsync(place, entries);
            looked += entries.Count;
            report(entries.Count);
        }
    }

    /// <returns>How many of the entries are not there any more.</returns>
    private async Task<int> CarryAsync(IForeignPlace place, IReadOnlyList<ForeignEntry> entries)
    {
        var (taken, jobs) = (new List<ForeignEntry>(), new List<SubmitJob>());
        foreach (var entry in entries)
        {
            if (JobOf(place, entry) is not { } job)
                continue;
            taken.Add(entry);
            jobs.Add(job);
        }

        if (plan.DryRun || jobs.Count == 0)
        {
            imported += jobs.Count;
            return 0;
        }

        var outcome = await sender.SendAsync(jobs, scope.Cancellation);
        foreach (var (index, problem) in outcome.Refused)
            Leave(place, jobs[index], ReasonOf(problem, jobs[index]));
        var refused = outcome.Refused.Select(item => item.Index).ToHashSet();
        var (accepted, stored) = (taken.Where((_, index) => !refused.Contains(index)).ToArray(), jobs.Where((_, index) => !refused.Contains(index)).ToArray());
        existing += outcome.Existing;
        var removed = await place.RemoveAsync(accepted, scope.Cancellation);
        for (var i = 0; i < accepted.Length; i++)
        {
            if (removed[i])
                imported++;
            else
                TellGone(place, stored[i]);
        }

        return accepted.Length;
    }

    private SubmitJob? JobOf(IForeignPlace place, ForeignEntry entry)
    {
        var (id, function, reason) = ((string?)null, (string?)null, "");
        try
        {
            switch (place.Read(entry))
            {
                case ForeignReading.Readable { Job: var job }:
                    (id, function) = (job.Id, job.Function);
                    found++;
                    return plan.JobOf(system.Name, job);
                case ForeignReading.Left stays:
                    (id, function, reason) = stays;
                    break;
                default:
                    return null;
            }

            found++;
        }
        catch (NotCarriedException exception)
        {
            found += id is null ? 1 : 0;
            reason = exception.Message;
        }

        left++;
        leftJobs.Add(new LeftJob(id ?? "", function ?? "", place.Name, reason));
        return null;
    }

    private void Leave(IForeignPlace place, SubmitJob job, string reason)
    {
        left++;
        leftJobs.Add(new LeftJob(job.Meta!["imported.id"], job.Meta["imported.function"], place.Name, reason));
    }

    private void TellGone(IForeignPlace place, SubmitJob job)
    {
        gone++;
        leftJobs.Add(new LeftJob(
            job.Meta!["imported.id"], job.Meta["imported.function"], place.Name, $"a worker of {system.Name} took it meanwhile, so that it may run in both; here it is {job.Id}"));
    }

    private static string ReasonOf(Problem problem, SubmitJob job) => problem.Code == "unknown-kind"
        ? $"no handler here is called '{job.Kind}'; say which one runs it: --map '{job.Meta!["imported.function"]}=KIND'"
        : $"{problem.Detail ?? problem.Title} ({problem.Code})";
}
