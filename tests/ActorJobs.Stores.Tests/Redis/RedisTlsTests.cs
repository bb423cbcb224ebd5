using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorJobs.Actors.Stores;
using ActorJobs.Redis;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Stores.Tests.Redis;

/// <summary>Servers that are talked to over TLS, with a certificate of one's own authority.</summary>
public sealed class RedisTlsTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("actorjobs-tls-");
    private readonly int port = FreePort.Next();
    private RedisServer server = null!;

    public async ValueTask InitializeAsync()
    {
        WriteCertificate("server");
        WriteCertificate("stranger");
        server = await RedisServer.StartAsync(
            string.Create(CultureInfo.InvariantCulture, $"tls-port {port}"), $"tls-cert-file {PathOf("server.pem")}", $"tls-key-file {PathOf("server.key")}",
            $"tls-ca-cert-file {PathOf("server.pem")}", "tls-auth-clients no");
    }

    [Fact]
    public async Task A_server_with_a_certificate_of_the_authority_is_used()
    {
        await using var use = await StoreUse.OpenAsync(Options("server.pem", "localhost"));

        await use.WriteAsync(0);
        await use.IsAtAsync(1);
    }

    [Theory]
    [InlineData("stranger.pem", "localhost")]
    [InlineData("server.pem", "elsewhere")]
    [InlineData(null, "localhost")]
    public async Task A_server_that_cannot_be_trusted_is_refused(string? authority, string host) =>
        await Assert.ThrowsAsync<StoreUnusableException>(() => StoreUse.OpenAsync(Options(authority, host)));

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private RedisStoreOptions Options(string? authority, string host) => new()
    {
        Connection = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port},ssl=true,sslHost={host}"),
        CertificateAuthority = authority is null ? null : PathOf(authority),
        ConnectDeadline = TimeSpan.FromSeconds(2),
    };

    private void WriteCertificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(PathOf(name + ".pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf(name + ".key"), key.ExportPkcs8PrivateKeyPem());
    }

    private string PathOf(string file) => Path.Combine(folder.FullName, file);
}
