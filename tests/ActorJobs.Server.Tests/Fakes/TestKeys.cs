using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.Server.Tests;

/// <summary>A key for each role, as a deployer configures them.</summary>
public static class TestKeys
{
    public const string Viewer = "viewer-key", Operator = "operator-key", Admin = "admin-key", Expired = "expired-key";

    private static readonly (string Key, string Role)[] Keys =
        [(Viewer, "viewer"), (Operator, "operator"), (Admin, "admin"), (Expired, "admin")];

    public static Dictionary<string, string?> Settings { get; } = new(Keys.SelectMany((key, index) => new KeyValuePair<string, string?>[]
    {
        new($"ActorJobs:Keys:{index}:Name", key.Role),
        new($"ActorJobs:Keys:{index}:Hash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Key)))),
        new($"ActorJobs:Keys:{index}:Role", key.Role),
        new($"ActorJobs:Keys:{index}:Expires", key.Key == Expired ? "2026-11-22T09:59:59Z" : null),
    }));
}
