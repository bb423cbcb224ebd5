using ActorJobs.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace ActorJobs.Pools.Remote;

/// <summary>The kinds that only workers outside know: named by their pools, with the settings that every kind may have.</summary>
internal static class RemoteKinds
{
    /// <summary>The names.</summary>
    public static IEnumerable<string> NamesIn(ActorJobsOptions options) =>
        options.Pools.Values.Where(pool => pool.Remote).SelectMany(pool => pool.Kinds).Distinct(StringComparer.Ordinal);

    /// <summary>The kinds, but for those that have a handler here.</summary>
    public static IEnumerable<JobKind> Of(ActorJobsOptions options, IEnumerable<JobKind> registered, IConfiguration? configuration)
    {
        foreach (var name in NamesIn(options).Except(registered.Select(kind => kind.Name), StringComparer.Ordinal))
        {
            var (pool, settings) = (options.Pools.First(pool => pool.Value.Remote && pool.Value.Kinds.Contains(name)), new KindOptions());
            if (pool.Value.Queues is [var queue, ..])
                settings.Queue = queue; // where its workers look
            if (configuration is not null)
                HandlerSettings.Apply(configuration, name, settings);
            yield return Unlisted(name) with { Options = settings };
        }
    }

    /// <summary>A kind of which nothing is known but its name. In a pool that runs its jobs itself it is left for somebody else.</summary>
    public static JobKind Unlisted(string name) => new(name, new KindOptions(), (_, context) =>
    {
        context.Log($"'{name}' is run by remote workers, but its queue is served by a pool that is not remote.");
        return new(JobOutcome.Snoozed(TimeSpan.FromSeconds(30)));
    });
}
