namespace ActorJobs.Server;

/// <summary>Gives memory back when the node has come to rest, as <see cref="RestingHeap"/> says.</summary>
internal sealed partial class HeapTrimming(TimeProvider time, ILogger<HeapTrimming> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var heap = new RestingHeap();
        using var timer = new PeriodicTimer(RestingHeap.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Look(heap);
    }

    private void Look(RestingHeap heap)
    {
        var before = GC.GetGCMemoryInfo();
        if (!heap.ShouldTrim(GC.GetTotalAllocatedBytes(), Environment.WorkingSet, before.HeapSizeBytes))
            return;
        var workingSet = Environment.WorkingSet;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        heap.Trimmed(Environment.WorkingSet);
        Trimmed(workingSet >> 20, Environment.WorkingSet >> 20);
    }

    [LoggerMessage(1, LogLevel.Debug, "At rest: memory given back, {Before} to {After} MB")]
    private partial void Trimmed(long before, long after);
}
