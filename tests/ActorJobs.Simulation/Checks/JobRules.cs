using System.Text;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using ActorJobs.Simulation.Work;
using ActorJobs.Simulation.World;

namespace ActorJobs.Simulation.Checks;

/// <summary>
/// What must never happen to a job: an outcome that changes, an attempt that ends twice or after its fence, two claims at once, a number given
/// twice, a result of another attempt than the one that ends.
/// </summary>
internal sealed class JobRules(Scene scene)
{
    private readonly JobDecider decider = new();

    /// <summary>Takes a write in.</summary>
    public void Check(EntityWrite write, EntityRecord record)
    {
        var id = write.Key.Id;
        var claim = record.Job.Running;
        foreach (var encoded in write.Events)
        {
            var happened = JobEntity.Codec.DecodeEvent(encoded.Type, encoded.Data);
            CheckOrder(id, record.Job, happened);
            if (AttemptOf(happened) is { } ended)
                CheckEnd(id, ended, claim, happened, record);
            record.Job = decider.Evolve(record.Job, happened);
        }

        if (write.Lease == LeaseChange.Set && JobEntity.Codec.DecodeEvent(write.NewLease!.Type, write.NewLease.Data) is AttemptStarted started)
        {
            CheckClaim(id, started, claim, record);
            record.Job = decider.Evolve(record.Job, started);
            record.Claims[started.Number] = started.Node;
        }
    }

    private void CheckOrder(string id, JobState before, JobEvent happened)
    {
        if (happened is JobSubmitted && before.Spec is not null)
            scene.Report("a job is made twice", id);
        if (!before.Status.IsTerminal() || before.Spec is null || happened is JobReported or JobKeyReleased)
            return;
        if (happened is not JobRetried || before.Status == JobStatus.Completed)
            scene.Report("a finished job changes its outcome", $"{id} was {before.Status}, then {happened.GetType().Name}");
    }

    private void CheckEnd(string id, JobAttempt ended, AttemptStarted? claim, JobEvent happened, EntityRecord record)
    {
        if (claim is null || ended.Number != claim.Number || ended.Node != claim.Node)
            scene.Report("an attempt ends after its fence", $"{id}: attempt {ended.Number} of {ended.Node} ends, running is {claim?.Number} of {claim?.Node}");
        else if (!record.Ended.Add(ended.Number))
            scene.Report("an attempt ends twice", $"{id}: attempt {ended.Number}");
        if (happened is JobCompleted { Result: var result } && Encoding.UTF8.GetString(result.Utf8.Span) != Handlers.ResultText(id, ended.Number))
            scene.Report("a result of another attempt", $"{id}: attempt {ended.Number} ends with {Encoding.UTF8.GetString(result.Utf8.Span)}");
    }

    private void CheckClaim(string id, AttemptStarted started, AttemptStarted? claim, EntityRecord record)
    {
        if (record.Job.Status.IsTerminal() && record.Job.Spec is not null)
            scene.Report("a finished job is claimed", $"{id}: {record.Job.Status}");
        if (claim is not null && started.Number == claim.Number)
        {
            if (started.Node != claim.Node)
                scene.Report("a claim changes its node", $"{id}: attempt {started.Number} from {claim.Node} to {started.Node}");
        }
        else if (claim is not null && !record.Ended.Contains(claim.Number))
        {
            scene.Report("two claims at once", $"{id}: {started.Number} of {started.Node} beside {claim.Number} of {claim.Node}");
        }
        else if (record.Claims.ContainsKey(started.Number))
        {
            scene.Report("an attempt number is used twice", $"{id}: {started.Number}");
        }
    }

    private static JobAttempt? AttemptOf(JobEvent happened) => happened switch
    {
        JobCompleted completed => completed.Attempt,
        AttemptEnded ended => ended.Attempt,
        JobDiscarded discarded => discarded.Attempt,
        JobCancelled cancelled => cancelled.Attempt,
        _ => null,
    };
}
