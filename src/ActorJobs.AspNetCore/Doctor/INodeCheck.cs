using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Something a node can check about itself for <c>actorjobs doctor</c>. Register implementations as singletons, beside the built-in ones. A check may
/// take up to 5 seconds; one that throws has failed.
/// </summary>
public interface INodeCheck
{
    /// <summary>What is checked, in a few words.</summary>
    string Name { get; }

    /// <summary>What was found, the more urgent first; usually one thing.</summary>
    ValueTask<IReadOnlyList<CheckItem>> RunAsync(CancellationToken cancellationToken);
}

/// <summary>Words for what checks find.</summary>
internal static class Found
{
    public static CheckItem Ok(string name, string said) => new(name, "ok", said);

    public static CheckItem Warning(string name, string said, string mend) => new(name, "warning", said, mend);

    public static CheckItem Failed(string name, string said, string mend) => new(name, "failed", said, mend);
}
