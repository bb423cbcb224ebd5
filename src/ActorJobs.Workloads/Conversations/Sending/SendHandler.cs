using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// Sends one message. What the process dies between: before <see cref="BeginSend"/> nothing has happened; after it and before the answer is stored the
/// message is in doubt, and the next attempt waits for the network's report (see the decider's sending half); after that the message is known as sent.
/// </summary>
internal sealed class SendHandler(IEntityClient entities, IMessageGateway gateway, ConversationPolicy policy, TimeProvider time)
    : IJobHandler<SendArgs, SendDone>
{
    public async ValueTask<JobOutcome<SendDone>> RunAsync(SendArgs args, JobContext context)
    {
        if (!ConversationId.TryParse(args.Conversation, out var id))
            return JobOutcome.Discarded($"'{args.Conversation}' is no conversation.");
        var answer = await entities.AskAsync<SendAnswer>(ConversationDecider.Key(id), new BeginSend(args.Number), cancellationToken: context.Cancellation);
        return answer switch
        {
            SendAnswer.Go(var content, var asTemplate) => await SendAsync(new OutgoingMessage(id, args.Number, content, asTemplate), context),
            SendAnswer.Done(var wamid) => new SendDone(wamid),
            SendAnswer.InDoubt(var wait) => JobOutcome.Snoozed(wait),
            SendAnswer.TooSoon(var wait) => JobOutcome.Snoozed(wait),
            SendAnswer.NotNow => JobOutcome.Snoozed(TimeSpan.FromSeconds(1)),
            SendAnswer.Never(var reason) => JobOutcome.Discarded(reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async ValueTask<JobOutcome<SendDone>> SendAsync(OutgoingMessage message, JobContext context)
    {
        switch (await gateway.SendAsync(message, context.Cancellation))
        {
            case GatewayAnswer.Accepted(var wamid):
                await TellAsync(message, new RecordSent(message.Number, wamid), context);
                return new SendDone(wamid);
            case GatewayAnswer.Never(var reason):
                await TellAsync(message, new RecordSendFailure(message.Number, reason, IsFinal: true), context);
                return JobOutcome.Discarded(reason);
            case GatewayAnswer.Later(var reason, var retryAfter):
                await TellAsync(message, new RecordSendFailure(message.Number, reason, IsFinal: false), context);
                return JobOutcome.Failed(reason, retryAfter, "NotTaken");
            case GatewayAnswer.Unknown(var reason):
                return JobOutcome.Failed(reason, policy.DoubtFor, "NoAnswer");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // not cancelled with the attempt: what the gateway said is worth more than an orderly end
    private async ValueTask TellAsync(OutgoingMessage message, ConversationCommand command, JobContext context)
    {
        context.Log(command switch
        {
            RecordSent sent => $"taken as {sent.Wamid}",
            RecordSendFailure failure => failure.Reason,
            _ => command.ToString(),
        });
        await entities.AskAsync<CommandAnswer>(ConversationDecider.Key(message.Conversation), command).AsTask().WaitAsync(TimeSpan.FromSeconds(30), time);
    }
}
