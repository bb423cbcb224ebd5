namespace ActorJobs.Hocon.Resolution;

/// <summary>Bounds the work of one resolution, which substitutions can make exponential in the length of the file.</summary>
internal sealed class StepBudget
{
    private long _spent;

    public void Spend(long steps, HoconPosition position)
    {
        _spent += steps;
        if (_spent > HoconLimits.Steps)
            throw new HoconException("the substitutions of this configuration multiply beyond any use", position);
    }
}
