using System.Text.Json;

namespace ActorJobs.Client;

/// <summary>A part of a job's history, oldest event first.</summary>
/// <param name="Items">The events.</param>
/// <param name="Next">The version to ask for events after, or null at the end.</param>
public sealed record JobHistory(IReadOnlyList<JobEvent> Items, long? Next);

/// <summary>One event of a job's history.</summary>
/// <param name="Version">Its place, from 1 without gaps.</param>
/// <param name="Type">Its stable type name, for instance <c>job.completed.v1</c>.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Data">What it says.</param>
public sealed record JobEvent(long Version, string Type, DateTimeOffset At, JsonElement Data);

/// <summary>Why a job is where it is.</summary>
/// <param name="State">Its state.</param>
/// <param name="Summary">The answer in one sentence.</param>
/// <param name="Reasons">The facts behind it, one sentence each.</param>
/// <param name="Ahead">How many jobs of its queue come before it, if it waits for a slot.</param>
/// <param name="AheadIsLowerBound">Whether more may be ahead than were counted.</param>
/// <param name="PredictedStart">When it should start by the measured rate.</param>
public sealed record Why(
    string State, string Summary, IReadOnlyList<string> Reasons, long? Ahead, bool AheadIsLowerBound, DateTimeOffset? PredictedStart);
