using Microsoft.Extensions.Options;

namespace ActorJobs.Redis;

/// <summary>Whether the connection string can be read: found out before the store opens, and told without repeating it.</summary>
internal sealed class RedisStoreOptionsValidator : IValidateOptions<RedisStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisStoreOptions options) =>
        RedisConfiguration.ProblemOf(options.Connection) is { } problem
            ? ValidateOptionsResult.Fail($"{RedisStoreOptions.Section}:{nameof(RedisStoreOptions.Connection)}: {problem}.")
            : ValidateOptionsResult.Success;
}
