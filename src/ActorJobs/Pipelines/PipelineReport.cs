namespace ActorJobs.Pipelines;

/// <summary>How a run went.</summary>
/// <param name="Stages">The stages' last figures, from source to sink.</param>
/// <param name="SetAside">The items that could not be processed, in the order they failed.</param>
/// <param name="Elapsed">From start to end.</param>
public sealed record PipelineReport(IReadOnlyList<StageView> Stages, IReadOnlyList<SetAsideItem> SetAside, TimeSpan Elapsed);

/// <summary>A stage at one instant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Received">Items taken in.</param>
/// <param name="Emitted">Items given on (lists, for a batch stage).</param>
/// <param name="SetAside">Items that failed here.</param>
/// <param name="InFlight">Items being worked on.</param>
/// <param name="Buffered">Items that wait for the next stage: at <paramref name="Capacity"/> the next stage is the slow one, at 0 this one is.</param>
/// <param name="Capacity">How many items may wait for the next stage; 0 for the sink.</param>
/// <param name="Rate">Emitted items per second since the start.</param>
public sealed record StageView(
    string Name, long Received, long Emitted, long SetAside, long InFlight, int Buffered, int Capacity, double Rate);

/// <summary>An item that a stage could not process.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Item">What the stage was given.</param>
/// <param name="Error">Why it failed.</param>
public sealed record SetAsideItem(string Stage, object? Item, Exception Error);
