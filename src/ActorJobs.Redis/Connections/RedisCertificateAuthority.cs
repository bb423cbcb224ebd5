using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ActorJobs.Redis;

/// <summary>Trusts servers whose certificates come from an authority of one's own; the name in a certificate must be right all the same.</summary>
internal sealed class RedisCertificateAuthority
{
    private readonly X509Certificate2Collection authorities = [];

    public RedisCertificateAuthority(string file) => authorities.ImportFromPemFile(file);

    public bool Trusts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // such an authority seldom says where to ask
        return own.Build(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }
}
