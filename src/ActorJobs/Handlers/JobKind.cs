namespace ActorJobs;

/// <summary>A kind of job as registered: its name, its defaults, and how to run an attempt of it.</summary>
/// <param name="Name">The stable name, for instance <c>documents.embed</c>: lower case words joined by dots.</param>
/// <param name="Options">The kind's defaults.</param>
/// <param name="RunAsync">Runs one attempt: deserialises the arguments, makes the handler, serialises the result.</param>
public sealed record JobKind(string Name, KindOptions Options, Func<RawJson, JobContext, ValueTask<JobOutcome>> RunAsync)
{
    /// <summary>Whether <paramref name="name"/> follows the convention: letters, digits, dots, hyphens, underscores; at most 100 characters.</summary>
    public static bool IsValidName(string? name) =>
        name is { Length: > 0 and <= 100 } && !name.AsSpan().ContainsAnyExcept(Allowed) && char.IsAsciiLetter(name[0]);

    internal static JobKind For<TArgs, TResult, THandler>(string name, KindOptions options)
        where THandler : class, IJobHandler<TArgs, TResult> =>
        new(name, options, HandlerInvoker<TArgs, TResult, THandler>.RunAsync)
        {
            ProblemOf = HandlerArguments.TakesAnything<TArgs>() ? null : HandlerArguments.ProblemOf<TArgs>,
        };

    /// <summary>Says what is wrong with arguments, so that a job with such ones is not even accepted; null where any will do or nobody here knows.</summary>
    internal Func<RawJson, JobProblem?>? ProblemOf { get; private init; }

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
}
