using System.Text.Json.Serialization;

namespace ActorJobs.Pools.Isolated;

/// <summary>What a node and its child processes say to one another.</summary>
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Run), "run")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Saved), "saved")]
[JsonDerivedType(typeof(Leave), "leave")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Log), "log")]
[JsonDerivedType(typeof(Store), "checkpoint")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(Call), "call")]
[JsonDerivedType(typeof(Answer), "answer")]
internal abstract record ChildMessage
{
    private ChildMessage()
    {
    }

    /// <summary>From the child: it takes jobs.</summary>
    public sealed record Ready : ChildMessage;

    /// <summary>To the child: run this attempt. One at a time.</summary>
    public sealed record Run(
        string Id,
        string Kind,
        RawJson Args,
        string Queue,
        int Attempt,
        int MaxAttempts,
        string? Tenant,
        IReadOnlyDictionary<string, string> Meta,
        string? WorkflowId,
        RawJson? Checkpoint) : ChildMessage;

    /// <summary>To the child: the attempt is to stop.</summary>
    public sealed record Cancel : ChildMessage;

    /// <summary>To the child: the checkpoint is durable, or the attempt is not the running one any more.</summary>
    public sealed record Saved(bool IsRunning) : ChildMessage;

    /// <summary>To the child: no more jobs come, end in order.</summary>
    public sealed record Leave : ChildMessage;

    /// <summary>From the child: how far the attempt is.</summary>
    public sealed record Progress(double Fraction, string? Message) : ChildMessage;

    /// <summary>From the child: a line of the attempt's log.</summary>
    public sealed record Log(string Text) : ChildMessage;

    /// <summary>From the child: to be stored, and answered with <see cref="Saved"/>.</summary>
    public sealed record Store(RawJson Value) : ChildMessage;

    /// <summary>From the child: the attempt has ended.</summary>
    public sealed record Ended(JobOutcome Outcome) : ChildMessage;

    /// <summary>From the child: do this in the attempt's name, and answer with <see cref="Answer"/> and the same number.</summary>
    public sealed record Call(int Number, ChildVerb Verb, RawJson Args) : ChildMessage;

    /// <summary>To the child: what came of a call, or why nothing did.</summary>
    public sealed record Answer(int Number, RawJson Result, string? Error) : ChildMessage;
}

/// <summary>What a child process can have its node do.</summary>
internal enum ChildVerb
{
    SubmitChildren,
    WaitFor,
    GetParents,
    AddToWorkflow,
}

/// <summary>Arguments of <see cref="ChildVerb.SubmitChildren"/>.</summary>
internal sealed record ChildrenToSubmit(string Key, IReadOnlyList<JobRequest> Requests);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChildMessage))]
internal sealed partial class ChildMessageContext : JsonSerializerContext;
