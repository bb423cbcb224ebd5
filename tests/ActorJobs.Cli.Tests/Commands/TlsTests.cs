using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorJobs.Cli.Tests.Commands;

/// <summary>A node with a certificate of its own.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task An_unknown_authority_is_3_until_it_is_given()
    {
        using var folder = new ScratchFolder();
        using var certificate = Certificate();
        var authority = folder.Write("ca.pem", certificate.ExportCertificatePem());
        await using var node = await StubNode.StartAsync(
            context => context.Response.WriteAsync("""{"items":[{"name":"default"}]}"""), listen => listen.UseHttps(certificate));

        var refused = await CliRun.OfAsync(node.Url, ["queue", "list"]);
        var trusted = await CliRun.OfAsync(node.Url, ["queue", "list", "--ca", authority]);

        Assert.Equal(ExitCode.Unreachable, refused.Code);
        Assert.Contains("--ca", refused.Errors, StringComparison.Ordinal);
        Assert.True(trusted.Code == ExitCode.Ok, trusted.Errors);
    }

    [Fact]
    public async Task A_file_that_holds_no_certificate_is_2()
    {
        using var folder = new ScratchFolder();
        var run = await CliRun.OfAsync("https://127.0.0.1:1", ["queue", "list", "--ca", folder.Write("ca.pem", "nothing")]);

        Assert.Equal(ExitCode.Usage, run.Code);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        // Kestrel needs the key with it
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
