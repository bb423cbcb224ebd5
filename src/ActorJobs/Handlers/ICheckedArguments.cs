namespace ActorJobs;

/// <summary>
/// Arguments with rules beyond what their type says, for instance bounds. They are asked when a job is submitted, when its arguments are edited, and before
/// each attempt, so that arguments which can never work are refused to whoever sent them instead of becoming a dead letter.
/// </summary>
public interface ICheckedArguments
{
    /// <summary>The first rule that is broken, or null. Must depend on the arguments alone: another node, at another time, has to say the same.</summary>
    ArgumentProblem? FindProblem();
}

/// <summary>A rule of the arguments that is broken.</summary>
/// <param name="Field">The field as JSON names it, with dots into what is nested: <c>to.street</c>.</param>
/// <param name="Detail">What was found and what is allowed, for a person.</param>
public sealed record ArgumentProblem(string Field, string Detail)
{
    /// <summary>A number is outside of its bounds.</summary>
    /// <param name="field">The field as JSON names it.</param>
    /// <param name="found">What it is.</param>
    /// <param name="min">The least that is allowed.</param>
    /// <param name="max">The most that is allowed.</param>
    public static ArgumentProblem OutOfRange(string field, long found, long min, long max) =>
        new(field, FormattableString.Invariant($"'{field}' is {found}; allowed: {min} to {max}."));
}
