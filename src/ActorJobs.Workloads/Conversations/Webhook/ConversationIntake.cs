using System.Buffers.Text;
using System.Security.Cryptography;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Brings what the network tells into the conversations. A task that ends means: it is durable.</summary>
internal sealed class ConversationIntake(IEntityClient entities, CatalogueFile catalogues, TimeProvider time)
{
    // Meta waits about as long for an answer
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    /// <summary>Takes in a batch: each conversation's updates in their order, different conversations side by side.</summary>
    public Task TakeAsync(IReadOnlyList<WebhookUpdate> updates, CancellationToken cancellationToken) =>
        Task.WhenAll(updates.GroupBy(update => update.Conversation).Select(group => TakeInOrderAsync(group, cancellationToken)));

    public Task<Receipt> ReceiveAsync(ConversationId conversation, InboundMessage message, CancellationToken cancellationToken)
    {
        // made here because it must be random and the conversation may not draw it
        var address = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        return AskAsync(conversation, new Receive(message, catalogues.Current.Reader.Read(message), address), cancellationToken);
    }

    public Task<Receipt> ReportAsync(ConversationId conversation, DeliveryReport report, CancellationToken cancellationToken) =>
        AskAsync(conversation, new Report(report), cancellationToken);

    private async Task TakeInOrderAsync(IEnumerable<WebhookUpdate> updates, CancellationToken cancellationToken)
    {
        foreach (var update in updates)
        {
            if (update.Message is { } message)
                await ReceiveAsync(update.Conversation, message, cancellationToken);
            else if (update.Report is { } report)
                await ReportAsync(update.Conversation, report, cancellationToken);
        }
    }

    private async Task<Receipt> AskAsync(ConversationId conversation, ConversationCommand command, CancellationToken cancellationToken) =>
        await entities.AskAsync<Receipt>(ConversationDecider.Key(conversation), command, cancellationToken: cancellationToken).AsTask().WaitAsync(Deadline, time, cancellationToken);
}
