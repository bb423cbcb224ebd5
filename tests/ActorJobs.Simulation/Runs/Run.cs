using ActorJobs.Simulation.Checks;
using ActorJobs.Simulation.Faults;
using ActorJobs.Simulation.Plans;
using ActorJobs.Simulation.Work;
using ActorJobs.Simulation.World;

namespace ActorJobs.Simulation.Runs;

/// <summary>One run of a plan: things happen and go wrong, then everything heals and must come to rest.</summary>
internal sealed class Run : IDisposable
{
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(Plan.Seconds);
    private static readonly TimeSpan SlowestCall = TimeSpan.FromSeconds(5); // between nodes; how many such are on their way, nobody counts
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Plan plan;
    private readonly Scene scene;
    private readonly CommitWatch watch;
    private readonly SimulatedCluster cluster;
    private readonly Ledger ledger = new();
    private readonly Clients clients;

    private Run(Plan plan, Mutation mutation, Action<string>? write)
    {
        this.plan = plan;
        scene = new Scene(plan.Seed, plan.Weather, write);
        watch = new CommitWatch(scene);
        cluster = new SimulatedCluster(scene, plan, watch, mutation);
        clients = new Clients(scene, watch, ledger);
    }

    private bool GoesOn => scene.Violations.Count == 0;

    /// <summary>Runs a plan to its end, or to the first violation.</summary>
    /// <param name="plan">What happens.</param>
    /// <param name="mutation">What is wrong on purpose; null for nothing.</param>
    /// <param name="write">Takes the lines of the trace; null for none.</param>
    public static RunResult Of(Plan plan, Mutation? mutation = null, Action<string>? write = null)
    {
        using var run = new Run(plan, mutation ?? Mutation.None, write);
        run.LetThingsHappen();
        if (run.GoesOn)
            run.Heal();
        run.ComeToRest();
        if (run.GoesOn)
            new FinalCheck(run.scene, run.cluster, run.watch, run.ledger).Run();
        return new RunResult(plan, [.. run.scene.Violations], run.scene.Trace.Hash, run.watch.Written, run.scene.Trace.Now);
    }

    /// <inheritdoc/>
    public void Dispose() => cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void LetThingsHappen()
    {
        foreach (var step in plan.Steps)
        {
            scene.RunUntil(step.At);
            if (!GoesOn)
                return;
            if (step.Kind >= StepKind.Join)
                cluster.Do(step);
            else if (cluster.Open.ToArray() is { Length: > 0 } open)
                clients.Do(step, open[step.Seed % open.Length]);
        }

        scene.RunUntil(Trouble);
    }

    // what was asked for in the time of trouble must be answered first: a late order must not undo the last ones
    private void Heal()
    {
        cluster.Heal();
        WaitUntilNothingIs(ledger.WhatIsOpen);
        var resumed = new HashSet<string>();
        var deleted = new HashSet<string>();
        WaitUntilNothingIs(() =>
        {
            string[] paused = [.. JobDraft.Queues.Except(resumed)];
            string[] schedules = [.. ledger.Schedules.Except(deleted)];
            if (cluster.Open.LastOrDefault() is { } node && ledger.WhatIsOpen() is null)
            {
                foreach (var queue in paused)
                    clients.SetPaused(node, queue, false, () => resumed.Add(queue));
                foreach (var id in schedules)
                    clients.DeleteSchedule(node, id, () => deleted.Add(id));
            }

            return paused.Length + schedules.Length == 0 ? null : $"queues [{string.Join(',', paused)}] paused, schedules [{string.Join(',', schedules)}] there";
        });
    }

    private void ComeToRest() =>
        WaitUntilNothingIs(() => Quiescence.WhatIsLeft(cluster, ledger) ?? (scene.EffectsUnderWay > 0 || scene.Trace.Now < Trouble + SlowestCall ? "calls are under way" : null));

    // rule 3 of what must never happen: no wait without a bound
    private void WaitUntilNothingIs(Func<string?> left)
    {
        for (var end = scene.Trace.Now + Patience; GoesOn && left() is { } remains;)
        {
            if (scene.Trace.Now > end)
                scene.Report("it does not come to rest", remains);
            cluster.Repopulate();
            scene.RunUntil(scene.Trace.Now + Look);
        }
    }
}
