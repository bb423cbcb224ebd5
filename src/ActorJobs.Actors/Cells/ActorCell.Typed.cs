namespace ActorJobs.Actors.Cells;

/// <summary>Runs one actor: its life from start to stop, one message at a time, failures to the parent.</summary>
internal sealed class ActorCell<TMessage> : ActorCell, IMailboxInvoker<TMessage>
{
    private readonly Mailbox<TMessage> mailbox;
    private readonly Props<TMessage> props;
    private readonly ActorContext<TMessage> context;
    private readonly List<Action> watchers = [];
    private Actor<TMessage>? actor;
    private volatile ActorState state = ActorState.Starting; // written in turns, read by anyone
    private int restarts;

    public ActorCell(ActorSystem system, ActorCell? parent, string name, Props<TMessage> props)
        : base(system, parent, name, props.Strategy)
    {
        this.props = props;
        mailbox = new Mailbox<TMessage>(this, system.Dispatcher, props.Throughput, props.MailboxLimit);
        context = new ActorContext<TMessage>(this);
        Ref = new ActorRef<TMessage>(this);
    }

    public ActorRef<TMessage> Ref { get; }

    public override ActorSnapshot Snapshot => new(Path, state, mailbox.Depth, Volatile.Read(ref restarts));

    public void Post(TMessage message)
    {
        if (!mailbox.Post(message))
            System.Events.Publish(new DeadLetter(Path, message, "mailbox full"));
    }

    public override void PostSystem(SystemMessage message) => mailbox.PostSystem(message);

    public ValueTask InvokeAsync(TMessage message)
    {
        if (state != ActorState.Running)
        {
            System.Events.Publish(new DeadLetter(Path, message, "actor stopped"));
            return default;
        }

        var began = System.Time.GetTimestamp();
        try
        {
            var turn = actor!.ReceiveAsync(message, context);
            if (turn.IsCompletedSuccessfully)
            {
                ReportSlowTurn(message, began);
                return default;
            }

            return AwaitAsync(turn, message, began);
        }
#pragma warning disable CA1031 // the cell boundary: every failure of an actor becomes its supervisor's decision
        catch (Exception error)
        {
            Fail(error);
            return default;
        }
#pragma warning restore CA1031
    }

    public async ValueTask InvokeSystemAsync(SystemMessage message)
    {
        switch (message)
        {
            case SystemMessage.Start:
                await StartAsync().ConfigureAwait(false);
                break;
            case SystemMessage.Stop:
                await LeaveAsync(ActorState.Stopping).ConfigureAwait(false);
                break;
            case SystemMessage.Restart when state == ActorState.Failed:
                await LeaveAsync(ActorState.Restarting).ConfigureAwait(false);
                break;
            case SystemMessage.Resume when state == ActorState.Failed:
                state = ActorState.Running;
                mailbox.Resume();
                ResumeEscalated();
                break;
            case SystemMessage.ChildFailed(var child, var error):
                DecideFailure(child, error);
                break;
            case SystemMessage.ChildStopped(var child):
                RemoveChild(child);
                if (state is ActorState.Stopping or ActorState.Restarting && !HasChildren)
                    await ChildrenGoneAsync().ConfigureAwait(false);
                break;
            case SystemMessage.Watch(_, var notify) when state == ActorState.Stopped:
                notify();
                break;
            case SystemMessage.Watch(_, var notify):
                watchers.Add(notify);
                break;
        }
    }

    public ValueTask TurnEndedAsync() =>
        state == ActorState.Running ? GuardAsync(actor!.TurnEndedAsync(context)) : default;

    protected override void Fail(Exception error)
    {
        if (state is ActorState.Stopping or ActorState.Stopped or ActorState.Restarting)
            return; // a child's failure cannot bring back what is leaving; the child leaves with it
        state = ActorState.Failed;
        mailbox.Suspend();
        Parent?.PostSystem(new SystemMessage.ChildFailed(this, error));
    }

    private async ValueTask AwaitAsync(ValueTask turn, TMessage message, long began)
    {
        await GuardAsync(turn).ConfigureAwait(false);
        ReportSlowTurn(message, began);
    }

    private async ValueTask GuardAsync(ValueTask turn)
    {
        try
        {
            await turn.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // as above
        catch (Exception error)
        {
            Fail(error);
        }
#pragma warning restore CA1031
    }

    private async ValueTask StartAsync()
    {
        if (state is not (ActorState.Starting or ActorState.Restarting))
            return;
        state = ActorState.Running;
        mailbox.Resume();
        try
        {
            actor = props.Create();
            await actor.StartedAsync(context).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // as above
        catch (Exception error)
        {
            Fail(error);
        }
#pragma warning restore CA1031
    }

    // towards Stopping or Restarting: children go first, user messages wait
    private async ValueTask LeaveAsync(ActorState next)
    {
        if (state is ActorState.Stopped or ActorState.Stopping)
            return;
        var childrenAreLeaving = state == ActorState.Restarting;
        state = next;
        if (next == ActorState.Stopping)
            CloseToChildren();
        mailbox.Suspend();
        if (!HasChildren)
            await ChildrenGoneAsync().ConfigureAwait(false);
        else if (!childrenAreLeaving)
            StopChildren();
    }

    private async ValueTask ChildrenGoneAsync()
    {
        context.Timers.CancelAll();
        if (actor is not null)
        {
            try
            {
                await actor.StoppedAsync(context).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // an actor that fails while it stops has stopped all the same
            catch (Exception error)
            {
                System.Events.Publish(new ActorFailed(Path, error, Supervision.Directive.Stop));
            }
#pragma warning restore CA1031
            actor = null;
        }

        if (state == ActorState.Restarting)
        {
            System.Events.Publish(new ActorRestarted(Path, Interlocked.Increment(ref restarts)));
            await StartAsync().ConfigureAwait(false);
            return;
        }

        state = ActorState.Stopped;
        mailbox.Resume(); // what waits, and what still comes, becomes dead letters
        Parent?.PostSystem(new SystemMessage.ChildStopped(this));
        foreach (var notify in watchers)
            notify();
        watchers.Clear();
        System.Events.Publish(new ActorStopped(Path));
        CompleteTermination();
    }

    private void ReportSlowTurn(TMessage message, long began)
    {
        var duration = System.Time.GetElapsedTime(began);
        if (duration > System.Options.SlowTurn)
            System.Events.Publish(new SlowTurn(Path, message?.GetType() ?? typeof(TMessage), duration));
    }
}
