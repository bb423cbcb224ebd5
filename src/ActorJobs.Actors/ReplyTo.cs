namespace ActorJobs.Actors;

/// <summary>Where an asked actor puts its reply. The first reply counts.</summary>
public sealed class ReplyTo<TReply>
{
    // the asker's continuation must not run inside the replying actor's turn
    private readonly TaskCompletionSource<TReply> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<TReply> Task => source.Task;

    /// <summary>Answers.</summary>
    public void Reply(TReply reply) => source.TrySetResult(reply);

    /// <summary>Answers with an error that the asker sees as an exception: for broken infrastructure, never for an expected outcome.</summary>
    public void Fail(Exception error) => source.TrySetException(error);
}
