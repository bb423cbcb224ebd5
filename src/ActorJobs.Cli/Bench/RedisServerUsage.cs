using System.Globalization;

namespace ActorJobs.Cli;

/// <summary>What a redis-server has used so far.</summary>
/// <param name="Bytes">Memory that holds its data now.</param>
/// <param name="CpuSeconds">Processor time since its start.</param>
internal readonly record struct RedisUsage(long Bytes, double CpuSeconds);

/// <summary>Asks a redis-server what it has used.</summary>
/// <param name="address"><c>host</c> or <c>host:port</c>.</param>
/// <param name="password">Null for none.</param>
internal sealed class RedisServerUsage(string address, string? password)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly RedisAddress server = RedisAddress.Parse(address, password);

    public async Task<RedisUsage> ReadAsync(CancellationToken cancellationToken)
    {
        await using var redis = await RedisConnection.OpenAsync(server, Timeout, cancellationToken);
        return Parse((await redis.AskAsync(cancellationToken, "INFO")).Text);
    }

    /// <summary>Reads the lines of <c>INFO</c>.</summary>
    internal static RedisUsage Parse(string info)
    {
        var values = info.Split('\n').Select(line => line.TrimEnd('\r').Split(':', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        return new RedisUsage((long)Of("used_memory"), Of("used_cpu_user") + Of("used_cpu_sys"));

        double Of(string name) => values.TryGetValue(name, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new IOException($"The redis-server does not tell its {name}.");
    }
}
