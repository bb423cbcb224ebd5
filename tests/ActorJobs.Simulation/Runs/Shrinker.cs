using ActorJobs.Simulation.Faults;
using ActorJobs.Simulation.Plans;

namespace ActorJobs.Simulation.Runs;

/// <summary>Makes a failing plan small: leaves out steps, kinds of bad weather and nodes as long as the same rule is still broken.</summary>
internal static class Shrinker
{
    /// <summary>The smallest plan found that breaks the same rule, with what came of it.</summary>
    /// <param name="failing">A run that broke a rule.</param>
    /// <param name="mutation">The deliberate fault it ran with.</param>
    public static RunResult Shrink(RunResult failing, Func<Mutation>? mutation)
    {
        var best = failing;
        for (var last = default(RunResult); !ReferenceEquals(last, best);)
        {
            last = best;
            best = WithoutSteps(best, mutation);
            foreach (var smaller in Smaller(best.Plan))
                best = Try(best, smaller, mutation);
        }

        return best;
    }

    // halves first, then quarters, down to single steps
    private static RunResult WithoutSteps(RunResult best, Func<Mutation>? mutation)
    {
        for (var size = Math.Max(1, best.Plan.Steps.Count / 2); ; size /= 2)
        {
            for (var start = 0; start < best.Plan.Steps.Count;)
            {
                var tried = Try(best, best.Plan with { Steps = [.. best.Plan.Steps.Take(start), .. best.Plan.Steps.Skip(start + size)] }, mutation);
                if (ReferenceEquals(tried, best))
                    start += size;
                best = tried;
            }

            if (size == 1)
                return best;
        }
    }

    private static IEnumerable<Plan> Smaller(Plan plan)
    {
        var weather = plan.Weather;
        Weather[] calmer =
        [
            Weather.Calm, weather with { StoreFailures = 0 }, weather with { StoreUnknowns = 0 }, weather with { StoreSilences = 0 },
            weather with { CallFailures = 0 }, weather with { CallDuplicates = 0 }, weather with { CallSilences = 0 },
            weather with { Latency = TimeSpan.Zero }, weather with { Slow = 0 },
        ];
        foreach (var better in calmer.Where(better => better != weather))
            yield return plan with { Weather = better };
        if (plan.Nodes > 1)
            yield return plan with { Nodes = plan.Nodes - 1 };
        if (plan.Shards > 1)
            yield return plan with { Shards = plan.Shards - 1 };
    }

    private static RunResult Try(RunResult best, Plan plan, Func<Mutation>? mutation)
    {
        var result = Run.Of(plan, mutation?.Invoke());
        return !result.IsGood && result.Violations[0].Rule == best.Violations[0].Rule ? result : best;
    }
}
