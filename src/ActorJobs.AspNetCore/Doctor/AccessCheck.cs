using System.Net;
using ActorJobs.Client;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ActorJobs.AspNetCore;

/// <summary>Whether those who should can reach the node, and keys travel encrypted and have not run out.</summary>
internal sealed class AccessCheck(IServer server, IOptionsMonitor<AccessOptions> access, TimeProvider time) : INodeCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public string Name => "access";

    public ValueTask<IReadOnlyList<CheckItem>> RunAsync(CancellationToken cancellationToken)
    {
        var keys = access.CurrentValue.Keys;
        var open = (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Where(IsOpen).ToArray();
        var found = keys.Select(Expiry).OfType<CheckItem>().ToList();
        if (keys.Count == 0 && open.Length > 0)
            found.Add(Found.Failed(Name, $"It listens at {string.Join(", ", open)} and has no keys: others than this machine are refused.", "Set ActorJobs:Keys, or listen at 127.0.0.1 only."));
        if (keys.Count > 0 && open.Any(address => address.StartsWith("http:", StringComparison.OrdinalIgnoreCase)))
            found.Add(Found.Warning(Name, "Keys come over the network without TLS.", "Listen with https, or only behind a proxy that ends TLS."));
        if (found.Count == 0)
            found.Add(Found.Ok(Name, keys.Count == 0 ? "Only this machine is served." : $"{keys.Count} keys, none expires within {Soon.Days} days."));
        return new(found);
    }

    private CheckItem? Expiry(ApiKeyOptions key)
    {
        if (key.Expires is not { } end || end - time.GetUtcNow() > Soon)
            return null;
        var mend = "Make a new key, configure its hash beside the old one, and take the old one out when all use the new one.";
        return end <= time.GetUtcNow()
            ? Found.Warning(Name, $"The key '{key.Name}' expired {end:u}.", mend)
            : Found.Warning(Name, $"The key '{key.Name}' expires {end:u}.", mend);
    }

    private static bool IsOpen(string address) =>
        Uri.TryCreate(address.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && !uri.IsLoopback && !(IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip));
}
