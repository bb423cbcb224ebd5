using System.Diagnostics.Metrics;

namespace ActorJobs.Telemetry;

/// <summary>
/// Every instrument of a node, under one meter. Names follow OpenTelemetry's semantic conventions for messaging where these have a word, and
/// <c>actorjobs.*</c> where they have none. Units are UCUM, times in seconds.
/// </summary>
internal sealed class ActorJobsInstruments : IDisposable
{
    /// <summary>The meter's name: what an application adds to its own OpenTelemetry.</summary>
    public const string MeterName = "ActorJobs";

    // from a submit on an idle node to jobs that run for hours
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200],
    };

    private static readonly InstrumentAdvice<double> StoreDurations = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    };

    private static readonly InstrumentAdvice<int> GroupSizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192] };

    public ActorJobsInstruments(IMeterFactory? meters = null)
    {
        Meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        Sent = Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Submits, accepted or refused (error.type).");
        Consumed = Meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Attempts that were started.");
        Process = Meter.CreateHistogram("messaging.process.duration", "s", "From the claim of an attempt to its outcome.", null, Durations);
        Waited = Meter.CreateHistogram("actorjobs.job.wait.duration", "s", "From the time a job could start to its start.", null, Durations);
        Attempts = Meter.CreateCounter<long>("actorjobs.job.attempts", "{attempt}", "Attempts that ended, by outcome.");
        Retries = Meter.CreateCounter<long>("actorjobs.job.retries", "{attempt}", "Attempts that failed and will be followed by another.");
        Finished = Meter.CreateCounter<long>("actorjobs.job.finished", "{job}", "Jobs that reached their end, by state; Discarded are the dead letters.");
        Duplicates = Meter.CreateCounter<long>("actorjobs.job.duplicates", "{message}", "Submits that made no job because there was one with the id or unique key.");
        StoreWrites = Meter.CreateHistogram("actorjobs.store.write.duration", "s", "How long a group of writes took.", null, StoreDurations);
        StoreGroups = Meter.CreateHistogram("actorjobs.store.write.size", "{write}", "How many writes were in a group.", null, GroupSizes);
        StoreReads = Meter.CreateHistogram("actorjobs.store.read.duration", "s", "How long a read took.", null, StoreDurations);
        StoreFailures = Meter.CreateCounter<long>("actorjobs.store.failures", "{call}", "Calls of the store that failed or whose outcome is unknown.");
        StoreRefusals = Meter.CreateCounter<long>("actorjobs.store.refusals", "{write}", "Writes that the store refused, by reason: what a fence is for.");
        ActorFailures = Meter.CreateCounter<long>("actorjobs.actor.failures", "{failure}", "Actors that failed.");
        ActorRestarts = Meter.CreateCounter<long>("actorjobs.actor.restarts", "{restart}", "Actors that were made anew.");
        SlowTurns = Meter.CreateCounter<long>("actorjobs.actor.slow_turns", "{turn}", "Messages that took an actor longer than 200 ms.");
        ActorDeadLetters = Meter.CreateCounter<long>("actorjobs.actor.dead_letters", "{message}", "Messages between actors that reached nobody.");
    }

    public Meter Meter { get; }

    public Counter<long> Sent { get; }

    public Counter<long> Consumed { get; }

    public Histogram<double> Process { get; }

    public Histogram<double> Waited { get; }

    public Counter<long> Attempts { get; }

    public Counter<long> Retries { get; }

    public Counter<long> Finished { get; }

    public Counter<long> Duplicates { get; }

    public Histogram<double> StoreWrites { get; }

    public Histogram<int> StoreGroups { get; }

    public Histogram<double> StoreReads { get; }

    public Counter<long> StoreFailures { get; }

    public Counter<long> StoreRefusals { get; }

    public Counter<long> ActorFailures { get; }

    public Counter<long> ActorRestarts { get; }

    public Counter<long> SlowTurns { get; }

    public Counter<long> ActorDeadLetters { get; }

    public void Dispose() => Meter.Dispose();
}
