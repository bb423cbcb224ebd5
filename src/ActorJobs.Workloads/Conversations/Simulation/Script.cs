using System.Globalization;

namespace ActorJobs.Workloads.Conversations;

/// <summary>What a customer of the simulator says, and what must come of it.</summary>
/// <param name="Name">For people; begins with the language.</param>
/// <param name="Steps">In order.</param>
internal sealed record Script(string Name, IReadOnlyList<ScriptStep> Steps)
{
    /// <summary>The scripts that come with the workload, in three languages. Their totals were worked out apart from this code.</summary>
    public static IReadOnlyList<Script> BuiltIn { get; } = Parse(ReadBuiltIn());

    /// <summary>
    /// Reads scripts: <c># name</c> begins one; <c>&gt; text</c> is said, <c>* id</c> tapped; <c>= 12.50</c> is the total that must have been quoted, <c>! Stage</c> the
    /// stage that must be reached, each after all before it has been answered.
    /// </summary>
    public static IReadOnlyList<Script> Parse(string text)
    {
        var scripts = new List<(string Name, List<ScriptStep> Steps)>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length > 1))
        {
            var rest = line[1..].Trim();
            if (line[0] == '#')
                scripts.Add((rest, []));
            else if (scripts.Count == 0)
                throw new FormatException($"'{line}' stands before the first script.");
            else
                scripts[^1].Steps.Add(StepOf(line[0], rest));
        }

        return [.. scripts.Where(script => script.Steps.Count > 0).Select(script => new Script(script.Name, script.Steps))];
    }

    private static ScriptStep StepOf(char sort, string rest) => sort switch
    {
        '>' => new ScriptStep.Say(rest),
        '*' => new ScriptStep.Tap(rest),
        '=' => new ScriptStep.Total(decimal.Parse(rest, CultureInfo.InvariantCulture)),
        '!' => new ScriptStep.Stage(Enum.Parse<ConversationStage>(rest)),
        _ => throw new FormatException($"'{sort} {rest}' is no step of a script."),
    };

    private static string ReadBuiltIn()
    {
        using var stream = typeof(Script).Assembly.GetManifestResourceStream("conversations/scripts.txt")
            ?? throw new InvalidOperationException("The assembly lacks its scripts.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>A step of a script.</summary>
internal abstract record ScriptStep
{
    private ScriptStep()
    {
    }

    /// <summary>The customer writes.</summary>
    public sealed record Say(string Text) : ScriptStep;

    /// <summary>The customer taps a button.</summary>
    public sealed record Tap(string Choice) : ScriptStep;

    /// <summary>The quote must come to this.</summary>
    public sealed record Total(decimal Amount) : ScriptStep;

    /// <summary>The conversation must be here.</summary>
    public sealed record Stage(ConversationStage Expected) : ScriptStep;
}
