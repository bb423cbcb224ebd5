using System.Text;
using System.Text.Json;
using ActorJobs.Actors.Entities;
using ActorJobs.TestKit.Accounts;

namespace ActorJobs.Actors.Tests.Entities;

public sealed class JsonEntityCodecTests
{
    private readonly JsonEntityCodec<Account, AccountEvent> codec = Account.Codec();

    public static TheoryData<AccountEvent> Events =>
    [
        new AccountEvent.Deposited(1), new AccountEvent.Withdrawn(2), new AccountEvent.EmailSet("ä"), new AccountEvent.Reserved("b"),
        new AccountEvent.ReminderSet(DateTimeOffset.UnixEpoch), new AccountEvent.Filled(3),
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_comes_back_by_its_stable_name(AccountEvent happened) =>
        Assert.Equal(happened, codec.DecodeEvent(codec.TypeOf(happened), codec.EncodeEvent(happened)));

    [Fact]
    public void A_state_comes_back()
    {
        var state = new Account(7, "x@y", "me", DateTimeOffset.UnixEpoch, 2, null, "filler");

        Assert.Equal(state, codec.DecodeState(codec.EncodeState(state)));
    }

    [Fact]
    public void A_large_state_does_not_spoil_the_next_small_one()
    {
        codec.EncodeState(new Account(Filler: new string('x', 3 << 20)));

        Assert.True(codec.EncodeState(new Account(1)).Length < 300);
        Assert.Equal(new Account(1), codec.DecodeState(codec.EncodeState(new Account(1))));
    }

    [Fact]
    public void An_unknown_event_is_refused_with_the_names_that_are_known()
    {
        var error = Assert.Throws<JsonException>(() => codec.DecodeEvent("System.String", "\"x\""u8.ToArray()));

        Assert.Contains("account.deposited.v1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_no_longer_written_is_read_by_its_up_caster()
    {
        var upcasting = new JsonEntityCodec<Account, AccountEvent>(
            "account",
            JsonSerializerOptions.Web,
            upcasters: new Dictionary<string, Func<JsonElement, AccountEvent>> { ["account.paid-in.v1"] = json => new AccountEvent.Deposited(json.GetProperty("sum").GetInt64()) });

        Assert.Equal(new AccountEvent.Deposited(5), upcasting.DecodeEvent("account.paid-in.v1", "{\"sum\":5}"u8.ToArray()));
    }

    [Fact]
    public void A_field_from_a_newer_build_does_no_harm() =>
        Assert.Equal(new AccountEvent.Deposited(5), codec.DecodeEvent("account.deposited.v1", Encoding.UTF8.GetBytes("""{"amount":5,"currency":"EUR"}""")));

    [Fact]
    public void An_event_without_a_name_gets_one_from_its_type() =>
        Assert.Equal("thing.sample-happened.v1", new JsonEntityCodec<Account, SampleHappened>("thing", JsonSerializerOptions.Web).TypeOf(new SampleHappened()));

    private sealed record SampleHappened;
}
