using System.Runtime.CompilerServices;
using ActorJobs.Actors;

namespace ActorJobs.TestKit.Probes;

/// <summary>An actor that records what it is told, to stand in for another one.</summary>
public sealed class TestProbe<TMessage>
{
    private readonly Recording<TMessage> recording;

    private TestProbe(ActorSystem system, string name)
    {
        recording = new Recording<TMessage>(name);
        Ref = system.Spawn(new Props<TMessage>(() => new Recorder(recording)), name);
    }

    /// <summary>Where to send messages.</summary>
    public ActorRef<TMessage> Ref { get; }

    /// <summary>Everything so far, oldest first.</summary>
    public IReadOnlyList<TMessage> Seen => recording.Seen;

    /// <summary>Starts a probe as a top-level actor.</summary>
    public static TestProbe<TMessage> Spawn(ActorSystem system, string name = "probe") => new(system, name);

    /// <inheritdoc cref="Recording{T}.ExpectAsync"/>
    public Task<TMessage> ExpectAsync(
        Func<TMessage, bool> match, TimeSpan? deadline = null, [CallerArgumentExpression(nameof(match))] string expected = "") =>
        recording.ExpectAsync(match, deadline, expected);

    private sealed class Recorder(Recording<TMessage> recording) : Actor<TMessage>
    {
        protected internal override ValueTask ReceiveAsync(TMessage message, ActorContext<TMessage> context)
        {
            recording.Add(message);
            return default;
        }
    }
}
