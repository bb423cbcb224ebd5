using System.Globalization;
using System.Text.Json;

namespace ActorJobs.Pools.Isolated;

/// <summary>Does what a child process asks for in the name of its attempt, on the node's side. Bounded, for the code at the other end is anybody's.</summary>
internal sealed class CallDesk(ChildProcess child, JobContext attempt)
{
    private const int MaxUnderWay = 64;

    private int underWay;

    /// <summary>Does it and answers. Never throws.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="cancellationToken">Cancelled when the attempt has ended: nobody waits for answers any more.</param>
    public async Task AnswerAsync(ChildMessage.Call call, CancellationToken cancellationToken)
    {
        ChildMessage.Answer answer;
        try
        {
            answer = Interlocked.Increment(ref underWay) > MaxUnderWay
                ? Refuse(call, string.Create(CultureInfo.InvariantCulture, $"More than {MaxUnderWay} calls of one attempt are under way."))
                : new ChildMessage.Answer(call.Number, await DoAsync(call, cancellationToken).ConfigureAwait(false), null);
        }
#pragma warning disable CA1031 // whatever it is, it is the handler's to know
        catch (Exception exception)
#pragma warning restore CA1031
        {
            answer = Refuse(call, exception.Message);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }

        await SendAsync(answer).ConfigureAwait(false);
    }

    private async ValueTask<RawJson> DoAsync(ChildMessage.Call call, CancellationToken cancellationToken)
    {
        switch (call.Verb)
        {
            case ChildVerb.SubmitChildren:
                var (key, requests) = Read<ChildrenToSubmit>(call);
                return RawJson.Of(await attempt.SubmitChildrenAsync(key, requests, cancellationToken).ConfigureAwait(false));
            case ChildVerb.WaitFor:
                return RawJson.Of(await attempt.WaitForAsync(Read<JobId[]>(call), cancellationToken).ConfigureAwait(false));
            case ChildVerb.GetParents:
                return RawJson.Of(await attempt.GetParentsAsync(cancellationToken).ConfigureAwait(false));
            default:
                return RawJson.Of(await attempt.AddToWorkflowAsync(Read<WorkflowJob[]>(call), cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task SendAsync(ChildMessage.Answer answer)
    {
        try
        {
            await child.SendAsync(answer).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            await SendAsync(new ChildMessage.Answer(answer.Number, default, exception.Message)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // it has ended, which is found out by listening to it
        }
    }

    private static T Read<T>(ChildMessage.Call call) => call.Args.Deserialize<T>() ?? throw new JsonException($"{call.Verb} without arguments.");

    private static ChildMessage.Answer Refuse(ChildMessage.Call call, string reason) => new(call.Number, default, reason);
}
