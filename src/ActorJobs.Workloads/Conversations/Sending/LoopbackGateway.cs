using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// The default gateway: messages reach the telephones that this node shows under <c>/phone</c>, and nobody else. It takes every message, gives the same
/// message the same id, and reports delivery as the network does.
/// </summary>
internal sealed class LoopbackGateway(Lazy<ConversationIntake> intake, TimeProvider time) : IMessageGateway
{
    public async ValueTask<GatewayAnswer> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var name = FormattableString.Invariant($"{message.Conversation}.{message.Number}");
        var wamid = "loopback." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 12));
        await intake.Value.ReportAsync(
            message.Conversation, new DeliveryReport(wamid, message.Number, DeliveryStatus.Delivered, time.GetUtcNow()), cancellationToken);
        return new GatewayAnswer.Accepted(wamid);
    }
}
