using ActorJobs.Actors;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Stores;
using ActorJobs.Queues;

namespace ActorJobs.Cluster;

/// <summary>
/// Keeps a node's board true while others move the same queues: counts are read anew with each beat, so that a bound of a queue holds for the
/// cluster but for what the last beat's time brought; how queues are steered is read when somebody says so, and now and then all the same: often at
/// first, for what was said before the others knew of this node.
/// </summary>
internal sealed class BoardKeeper(QueueBoard board, IEntityStore store, Action look) : Actor<BoardMessage>
{
    private const int SteeredEvery = 10; // beats
    private const int FirstBeats = 4; // until all others have this node in their view
    private const int MaxAsking = 1_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly List<Completion<bool>> asking = []; // for a reading that has not begun
    private readonly List<Completion<bool>> answering = []; // by the one under way
    private int beats;
    private bool isReading;
    private bool mustReadSteered;

    protected override ValueTask ReceiveAsync(BoardMessage message, ActorContext<BoardMessage> context)
    {
        switch (message)
        {
            case BoardMessage.Beat:
                mustReadSteered |= ++beats <= FirstBeats || beats % SteeredEvery == 0;
                Read(context);
                break;
            case BoardMessage.Steered(var done):
                if (asking.Count < MaxAsking)
                    asking.Add(done); // the others have a deadline
                mustReadSteered = true;
                Read(context);
                break;
            case BoardMessage.Read:
                isReading = false;
                answering.ForEach(asker => asker.Set(true));
                answering.Clear();
                look();
                if (mustReadSteered)
                    Read(context); // said while the last reading was under way
                break;
            case BoardMessage.ReadFailed:
                isReading = false; // the next beat tries again
                mustReadSteered = true;
                asking.AddRange(answering);
                answering.Clear();
                break;
        }

        return default;
    }

    private void Read(ActorContext<BoardMessage> context)
    {
        if (isReading)
            return;
        isReading = true;
        var steered = mustReadSteered;
        mustReadSteered = false;
        if (steered)
        {
            answering.AddRange(asking);
            asking.Clear();
        }

        context.PipeToSelf(ReadAsync(steered, context.Time), _ => new BoardMessage.Read(), _ => new BoardMessage.ReadFailed());
    }

    private async ValueTask<bool> ReadAsync(bool steered, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        await board.LoadCountsAsync(store, deadline.Token).ConfigureAwait(false);
        if (steered)
            await board.LoadSteeredAsync(store, deadline.Token).ConfigureAwait(false);
        return true;
    }
}

/// <summary>What the board keeper is told.</summary>
internal abstract record BoardMessage
{
    private BoardMessage()
    {
    }

    /// <summary>A beat of the cluster.</summary>
    public sealed record Beat : BoardMessage
    {
        public static Beat Instance { get; } = new();
    }

    /// <summary>A queue was steered.</summary>
    /// <param name="Done">Told when the board knows.</param>
    public sealed record Steered(Completion<bool> Done) : BoardMessage
    {
        public const string Operation = "steered";
    }

    /// <summary>The board is up to date.</summary>
    public sealed record Read : BoardMessage;

    /// <summary>The store has not answered.</summary>
    public sealed record ReadFailed : BoardMessage;
}
