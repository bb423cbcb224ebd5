using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace ActorJobs.Benchmarks;

/// <summary>
/// Few and short rounds within this process, so that all benchmarks together take minutes: enough to see a change of a tenth. For more, options of the
/// command line win (<c>--iterationCount 15</c>).
/// </summary>
internal sealed class ShortRuns : ManualConfig
{
    public ShortRuns()
    {
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(2)
            .WithIterationCount(5)
            .WithIterationTime(TimeInterval.FromMilliseconds(200)));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.GitHub);
        WithOptions(ConfigOptions.JoinSummary);
        HideColumns("Namespace", "Error", "Gen0", "Gen1", "Gen2");
        HideColumns(StatisticColumn.Median);
        WithArtifactsPath(Path.Combine(Path.GetTempPath(), "actorjobs-benchmarks"));
    }
}
