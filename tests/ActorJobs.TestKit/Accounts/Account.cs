using System.Text.Json;
using ActorJobs.Actors.Entities;

namespace ActorJobs.TestKit.Accounts;

/// <summary>A small entity that uses everything an entity can: events, a lease, due times, a unique key, index entries.</summary>
/// <param name="Balance">How much there is.</param>
/// <param name="Email">The unique address.</param>
/// <param name="ReservedBy">Who uses it; from the lease.</param>
/// <param name="RemindAt">When it wants to be woken.</param>
/// <param name="Reminders">How often it was woken.</param>
/// <param name="CloseAt">When it is to be deleted.</param>
/// <param name="Filler">Takes space.</param>
public sealed record Account(
    long Balance = 0,
    string? Email = null,
    string? ReservedBy = null,
    DateTimeOffset? RemindAt = null,
    int Reminders = 0,
    DateTimeOffset? CloseAt = null,
    string Filler = "")
{
    /// <summary>The name of the kind.</summary>
    public const string KindName = "account";

    /// <summary>The index of accounts with a balance, sorted by it.</summary>
    public const string Funded = "account/funded";

    /// <summary>The index of accounts without a balance.</summary>
    public const string Empty = "account/empty";

    /// <summary>Addresses an account.</summary>
    public static EntityKey Key(string id) => new(KindName, id);

    /// <summary>The kind, for an <see cref="ActorJobs.Actors.Shards.EntityHost"/>.</summary>
    /// <param name="rememberedCommands">How many command ids each account remembers.</param>
    /// <param name="schema">The version of the state's shape.</param>
    /// <param name="observer">Who is told of changes.</param>
    public static EntityKind<Account, AccountCommand, AccountEvent> Kind(
        int rememberedCommands = 0, int schema = 1, Func<int, IEntityObserver<Account>>? observer = null) =>
        new(KindName, new AccountDecider(), Codec(schema)) { RememberedCommands = rememberedCommands, Observer = observer };

    /// <summary>How accounts are stored.</summary>
    public static JsonEntityCodec<Account, AccountEvent> Codec(int schema = 1) => new(KindName, JsonSerializerOptions.Web, schema);
}
