namespace ActorJobs.Schedules;

/// <summary>Every so often, counted from an anchor; as elapsed time, so no change of clocks matters.</summary>
internal sealed class IntervalRule(DateTimeOffset anchor, TimeSpan every) : TimeRule
{
    public override DateTimeOffset? Next(DateTimeOffset after)
    {
        if (after < anchor)
            return anchor;
        var steps = ((after.UtcTicks - anchor.UtcTicks) / every.Ticks) + 1;
        return steps > (DateTimeOffset.MaxValue.UtcTicks - anchor.UtcTicks) / every.Ticks ? null : anchor.AddTicks(steps * every.Ticks);
    }
}
