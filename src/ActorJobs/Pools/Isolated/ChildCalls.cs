using System.Collections.Concurrent;

namespace ActorJobs.Pools.Isolated;

/// <summary>What a handler in a child process asks of its node, which does it in the attempt's name, and the answers on their way back.</summary>
internal sealed class ChildCalls(MessageStream node)
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<ChildMessage.Answer>> waiting = new(); // filled by the handler, completed by the reader
    private int last;

    /// <summary>The node's answer. Throws <see cref="ActorJobsException"/> with what the node has to say when it could not do it.</summary>
    public async Task<TAnswer> AskAsync<TAnswer>(ChildVerb verb, RawJson args, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref last);
        var answer = waiting[number] = new TaskCompletionSource<ChildMessage.Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await node.WriteAsync(new ChildMessage.Call(number, verb, args), CancellationToken.None).ConfigureAwait(false);
            var said = await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return said.Error is { } error ? throw new ActorJobsException(error) : said.Result.Deserialize<TAnswer>()!;
        }
        finally
        {
            waiting.TryRemove(number, out _);
        }
    }

    public void Answered(ChildMessage.Answer answer)
    {
        if (waiting.TryGetValue(answer.Number, out var asked))
            asked.TrySetResult(answer);
    }
}
