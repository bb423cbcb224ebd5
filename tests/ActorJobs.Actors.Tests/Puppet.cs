namespace ActorJobs.Actors.Tests;

/// <summary>An actor that does what each message says and notes its life in a journal.</summary>
internal sealed class Puppet(List<string> journal, Func<ActorContext<Act>, ValueTask>? started = null, Func<ActorContext<Act>, ValueTask>? stopped = null)
    : Actor<Act>
{
    protected internal override ValueTask ReceiveAsync(Act message, ActorContext<Act> context) => message.Run(context, journal);

    protected internal override ValueTask StartedAsync(ActorContext<Act> context)
    {
        journal.Add("started");
        return started?.Invoke(context) ?? default;
    }

    protected internal override ValueTask StoppedAsync(ActorContext<Act> context)
    {
        journal.Add("stopped");
        return stopped?.Invoke(context) ?? default;
    }

    protected internal override ValueTask TurnEndedAsync(ActorContext<Act> context)
    {
        journal.Add("turn ended");
        return default;
    }
}

/// <summary>What a puppet is to do.</summary>
internal sealed record Act(string Name, Func<ActorContext<Act>, List<string>, ValueTask> Run)
{
    /// <summary>Notes a word.</summary>
    public static Act Say(string word) => Do(word, (_, journal) => journal.Add(word));

    public static Act Fail(string reason = "asked to fail") => Do("fail", (_, _) => throw new InvalidOperationException(reason));

    public static Act Do(Action<ActorContext<Act>> what) => Do("do", (context, _) => what(context));

    private static Act Do(string name, Action<ActorContext<Act>, List<string>> what) => new(name, (context, journal) =>
    {
        what(context, journal);
        return default;
    });

    public override string ToString() => Name;
}
