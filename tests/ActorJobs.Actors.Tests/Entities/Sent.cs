using System.Text.Json;
using ActorJobs.Actors.Entities;
using ActorJobs.TestKit.Accounts;

namespace ActorJobs.Actors.Tests.Entities;

/// <summary>A command that was sent, and what came back.</summary>
internal sealed class Sent : IReplySink
{
    private readonly List<object?> answers = [];

    public bool IsAnswered => answers.Count > 0;

    /// <summary>The reply; fails when there is none or a failure.</summary>
    public AccountReply Reply => Assert.Single(answers) switch
    {
        EncodedReply encoded => encoded.Json.Deserialize<AccountReply>(JsonSerializerOptions.Web)!,
        var answer => Assert.IsType<AccountReply>(answer),
    };

    /// <summary>The failure; fails when there is none or a reply.</summary>
    public EntityFailure Failure => Assert.IsType<EntityFailure>(Assert.Single(answers));

    void IReplySink.Reply(int slot, object? reply) => answers.Add(reply);
}
