using System.Diagnostics;
using System.Globalization;
using ActorJobs.Simulation.Faults;
using ActorJobs.Simulation.Plans;

namespace ActorJobs.Simulation.Runs;

/// <summary>The command line: many seeds, or one again with its trace, shrunk when it fails; or the deliberate faults.</summary>
internal sealed class Command(string[] args, TextWriter output)
{
    private const int MostSeedsForAFault = 1000;

    /// <summary>Runs what the arguments say; 0 when no rule was broken, and with --faults when each fault was found.</summary>
    public int Run()
    {
        if (args.Contains("--help") || args.Contains("-h"))
            return Explain();
        if (args.Contains("--faults"))
            return FindFaults();
        return Number("--seed") is { } seed ? Replay(seed) : Sweep(Number("--from") ?? 1, Number("--seeds") ?? 1000);
    }

    private int Explain()
    {
        output.WriteLine("--seeds N [--from M] [--threads T] [--verbose]   runs N seeds, beginning with M; default: 1000 from 1 on 2 threads");
        output.WriteLine("--seed S [--trace]                               runs one seed again; a failing one is shrunk");
        output.WriteLine("--faults                                         tells which seed finds each deliberate fault, and by which rule");
        output.WriteLine("--fault NAME                                     with --seeds or --seed: puts a deliberate fault in");
        return 0;
    }

    private int FindFaults()
    {
        var missed = 0;
        foreach (var fault in DeliberateFault.All)
        {
            var began = Stopwatch.GetTimestamp();
            var found = OwnThread.Run(() => Enumerable.Range(1, MostSeedsForAFault).Select(seed => Runs.Run.Of(Plan.Of(seed), fault.Make())).FirstOrDefault(run => !run.IsGood));
            missed += found is null ? 1 : 0;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{fault.Name} ({fault.Seeds} seeds): {found?.ToString() ?? "NOT FOUND"} ({Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s)"));
        }

        return missed == 0 ? 0 : 1;
    }

    private int Replay(int seed)
    {
        var plan = Plan.Of(seed);
        var fault = Fault();
        Action<string>? write = args.Contains("--trace") ? output.WriteLine : null;
        var result = OwnThread.Run(() => Runs.Run.Of(plan, fault?.Make(), write));
        output.WriteLine(result);
        if (result.IsGood)
            return 0;
        foreach (var violation in result.Violations)
            output.WriteLine($"  {violation}");
        var small = OwnThread.Run(() => Shrinker.Shrink(result, fault?.Make));
        output.WriteLine($"shrunk to {small.Plan.Nodes} nodes, {small.Plan.Shards} shards, {small.Plan.Weather}, and these steps:");
        foreach (var step in small.Plan.Steps)
            output.WriteLine($"  {step}");
        output.WriteLine($"  {small.Violations[0]}");
        if (write is not null)
            OwnThread.Run(() => Runs.Run.Of(small.Plan, fault?.Make(), write));
        return 1;
    }

    private int Sweep(int from, int count)
    {
        var began = Stopwatch.GetTimestamp();
        var sweep = new SeedSweep(from, count, Number("--threads") ?? 2, Fault()?.Make);
        var failures = sweep.Run(bad => output.WriteLine(bad), ended: args.Contains("--verbose") ? output.WriteLine : null);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} seeds from {from}: {failures.Count} with violations, {sweep.Writes} writes, {seconds:0.0} s, {seconds * 1000 / count:0.0} ms each"));
        return failures.Count == 0 ? 0 : 1;
    }

    private DeliberateFault? Fault() => Text("--fault") is { } name ? DeliberateFault.All.First(fault => fault.Name.Contains(name, StringComparison.Ordinal)) : null;

    private int? Number(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;
}
