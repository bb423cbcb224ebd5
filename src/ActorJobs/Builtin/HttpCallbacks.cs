using ActorJobs.Cluster;
using ActorJobs.Pools;
using ActorJobs.Pools.Remote;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ActorJobs.Builtin;

/// <summary>Lets an endpoint call back: it gets an address that stands for its attempt, good until the attempt has ended.</summary>
internal sealed class HttpCallbacks(IServiceProvider services, IOptions<HttpJobOptions> options)
{
    private static readonly TimeSpan AfterTimeout = TimeSpan.FromSeconds(10); // what ends a call that is never called back is the attempt's timeout

    // the book belongs to the node, which is made after the kinds it runs
    private LeaseBook? Book => services.GetService<LeaseBook>();

    private string? Address =>
        options.Value.CallbackUrl ?? services.GetService<IOptions<ActorJobsOptions>>()?.Value.Cluster.Url ?? services.GetService<NodeAddress>()?.Url;

    /// <summary>Opens a callback, to be closed in the end; null when nobody could reach this node.</summary>
    public HttpCallback? Open(JobContext context, string endpoint)
    {
        if (context is not RunningAttempt attempt || Book is not { } book || Address is not { } address)
            return null;
        var lease = book.Open(attempt, attempt.Spec.Timeout + AfterTimeout);
        lease.HandTo(endpoint);
        return new HttpCallback(lease, book, $"{address.TrimEnd('/')}/api/v1/callbacks/{lease.Token}");
    }
}

/// <summary>The address an endpoint may call, and what it has said there.</summary>
internal sealed class HttpCallback(Lease lease, LeaseBook book, string url) : IDisposable
{
    public string Url => url;

    /// <summary>How the endpoint has ended the attempt, once it has.</summary>
    public Task<JobOutcome> Outcome => lease.Outcome;

    public void Dispose() => book.Close(lease);
}
