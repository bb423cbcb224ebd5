using System.Diagnostics;
using System.Globalization;
using ActorJobs.Simulation.Plans;

namespace ActorJobs.Simulation.Runs;

/// <summary>The command line: many seeds, or one again with its trace, shrunk when it fails.</summary>
internal sealed class Command(string[] args, TextWriter output)
{
    /// <summary>Runs what the arguments say; 0 when no rule was broken.</summary>
    public int Run()
    {
        if (args.Contains("--help") || args.Contains("-h"))
            return Explain();
        return Number("--seed") is { } seed ? Replay(seed) : Sweep(Number("--from") ?? 1, Number("--seeds") ?? 1000);
    }

    private int Explain()
    {
        output.WriteLine("--seeds N [--from M] [--threads T] [--verbose]   runs N seeds, beginning with M; default: 1000 from 1 on 2 threads");
        output.WriteLine("--seed S [--trace]                               runs one seed again; a failing one is shrunk");
        return 0;
    }

    private int Replay(int seed)
    {
        var plan = Plan.Of(seed);
        Action<string>? write = args.Contains("--trace") ? output.WriteLine : null;
        var result = OwnThread.Run(() => Runs.Run.Of(plan, null, write));
        output.WriteLine(result);
        if (result.IsGood)
            return 0;
        foreach (var violation in result.Violations)
            output.WriteLine($"  {violation}");
        var small = OwnThread.Run(() => Shrinker.Shrink(result, null));
        output.WriteLine($"shrunk to {small.Plan.Nodes} nodes, {small.Plan.Shards} shards, {small.Plan.Weather}, and these steps:");
        foreach (var step in small.Plan.Steps)
            output.WriteLine($"  {step}");
        output.WriteLine($"  {small.Violations[0]}");
        if (write is not null)
            OwnThread.Run(() => Runs.Run.Of(small.Plan, null, write));
        return 1;
    }

    private int Sweep(int from, int count)
    {
        var began = Stopwatch.GetTimestamp();
        var sweep = new SeedSweep(from, count, Number("--threads") ?? 2);
        var failures = sweep.Run(bad => output.WriteLine(bad), ended: args.Contains("--verbose") ? output.WriteLine : null);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} seeds from {from}: {failures.Count} with violations, {sweep.Writes} writes, {seconds:0.0} s, {seconds * 1000 / count:0.0} ms each"));
        return failures.Count == 0 ? 0 : 1;
    }

    private int? Number(string name) =>
        Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? int.Parse(args[index + 1], CultureInfo.InvariantCulture) : null;
}
