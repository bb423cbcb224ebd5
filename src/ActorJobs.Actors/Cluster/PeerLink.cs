using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;

namespace ActorJobs.Actors.Cluster;

/// <summary>
/// The way to one other node. Commands that come while calls are under way go together with the next; several calls may be in flight. A call whose
/// outcome is unknown gives its commands back to the router, which tries them again: commands recognise a repetition.
/// </summary>
internal sealed class PeerLink(ClusterNode node, EntityHostContext host, IPeerTransport transport, ActorRef<RouterMessage> router) : Actor<LinkMessage>
{
    public const string Operation = "commands";

    private const int MaxCallsInFlight = 4;
    private const int MaxCallCommands = 512;
    private const int MaxCallBytes = 8 << 20; // and what is added last: a batch of the front door, which bounds its own
    private const int MaxWaiting = 50_000;
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Queue<Routed> waiting = new();
    private readonly HashSet<CancellationTokenSource> calls = []; // in flight
    private int waitingCommands;
    private bool isClosed;

    protected internal override ValueTask ReceiveAsync(LinkMessage message, ActorContext<LinkMessage> context)
    {
        switch (message)
        {
            case LinkMessage.Send(var routed) when isClosed:
                router.Tell(new RouterMessage.Returned(routed));
                break;
            case LinkMessage.Send(var routed):
                Enqueue(routed);
                break;
            case LinkMessage.Called(var call, var batch, var answer):
                End(call);
                Distribute(batch, answer, context);
                break;
            case LinkMessage.CallFailed(var call, var batch):
                End(call);
                foreach (var routed in batch)
                    Return(routed.Repeated(), context);
                break;
            case LinkMessage.Close:
                isClosed = true;
                CancelCalls();
                while (waiting.TryDequeue(out var left))
                    router.Tell(new RouterMessage.Returned(left));
                waitingCommands = 0;
                break;
        }

        return default;
    }

    protected internal override ValueTask TurnEndedAsync(ActorContext<LinkMessage> context)
    {
        while (calls.Count < MaxCallsInFlight && waiting.Count > 0)
            Call(context);
        if (isClosed && calls.Count == 0)
            context.Stop();
        return default;
    }

    protected internal override ValueTask StoppedAsync(ActorContext<LinkMessage> context)
    {
        CancelCalls();
        foreach (var left in waiting)
            left.Fail("the node is stopping");
        return default;
    }

    private void Enqueue(Routed routed)
    {
        if (waitingCommands + routed.Commands.Count > MaxWaiting)
        {
            routed.Fail($"too many commands wait for {node.Name}");
            return;
        }

        waiting.Enqueue(routed);
        waitingCommands += routed.Commands.Count;
    }

    private void Call(ActorContext<LinkMessage> context)
    {
        var (batch, message, count) = (new List<Routed>(), CommandWire.Begin(), 0);
        while (waiting.TryPeek(out var next) && (batch.Count == 0 || (count + next.Commands.Count <= MaxCallCommands && message.Length < MaxCallBytes)))
        {
            waiting.Dequeue();
            waitingCommands -= next.Commands.Count;
            if (!TryWrite(message, next))
                continue;
            batch.Add(next);
            count += next.Commands.Count;
        }

        if (batch.Count == 0)
            return;
        var call = new CancellationTokenSource(CallDeadline, host.System.Time);
        calls.Add(call);
        context.PipeToSelf(CallAsync(batch, message.Written, call.Token), answer => new LinkMessage.Called(call, batch, answer), _ => new LinkMessage.CallFailed(call, batch));
    }

    private void End(CancellationTokenSource call)
    {
        calls.Remove(call);
        call.Dispose();
    }

    private void CancelCalls()
    {
        foreach (var call in calls)
            call.Cancel();
    }

    // what cannot be written is its sender's trouble alone
    private bool TryWrite(WireWriter message, Routed routed)
    {
        try
        {
            host.Wire.Write(message, routed.Commands);
            return true;
        }
#pragma warning disable CA1031 // whatever a kind's serialiser throws
        catch (Exception error)
#pragma warning restore CA1031
        {
            routed.Fail($"the command cannot be sent to {node.Name}: {error.Message}", EntityFailureReason.Faulted);
            return false;
        }
    }

    private async ValueTask<object?[]> CallAsync(List<Routed> batch, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var answer = await transport.CallAsync(node, Operation, message, cancellationToken).ConfigureAwait(false);
        return host.Wire.DecodeReplies(answer.Span, [.. batch.SelectMany(routed => routed.Commands)]);
    }

    private void Distribute(List<Routed> batch, object?[] replies, ActorContext<LinkMessage> context)
    {
        var offset = 0;
        foreach (var routed in batch)
        {
            List<EntityCommand>? moved = null;
            foreach (var command in routed.Commands)
            {
                var reply = replies[offset++];
                if (reply is EntityFailure { Reason: EntityFailureReason.NotOwner })
                    (moved ??= []).Add(command);
                else
                    command.Replies?.Reply(command.Slot, reply);
            }

            if (moved is not null)
                Return(routed with { Commands = moved }, context);
        }
    }

    private void Return(Routed routed, ActorContext<LinkMessage> context)
    {
        if (context.Time.GetElapsedTime(routed.Since) >= Patience)
            routed.Fail($"{node.Name} does not answer; what became of the command is unknown");
        else
            router.Tell(new RouterMessage.Returned(routed));
    }
}

/// <summary>What a link is told.</summary>
internal abstract record LinkMessage
{
    private LinkMessage()
    {
    }

    /// <summary>Commands for the node.</summary>
    public sealed record Send(Routed Routed) : LinkMessage;

    /// <summary>A call has its answer.</summary>
    public sealed record Called(CancellationTokenSource Call, List<Routed> Batch, object?[] Replies) : LinkMessage;

    /// <summary>Nobody knows what became of a call.</summary>
    public sealed record CallFailed(CancellationTokenSource Call, List<Routed> Batch) : LinkMessage;

    /// <summary>The node is gone: give everything back and stop.</summary>
    public sealed record Close : LinkMessage
    {
        public static Close Instance { get; } = new();
    }
}
