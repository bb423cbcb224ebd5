using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.Cli;

/// <summary>
/// The id a job gets here: made of its id there and its publication, so that carrying it over again is the same job, and a later job to which somebody gave the same
/// id (<c>nightly</c>) is another one.
/// </summary>
internal static class ForeignJobId
{
    private const int MaxLength = 80;

    public static string Of(string system, ForeignJob job)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{job.Id}\n{job.Publication}")));
        return IsFit(job.Id) ? $"{system}:{job.Id}:{hash[..12]}" : $"{system}:{hash[..32]}";
    }

    private static bool IsFit(string id) => id.Length is > 0 and <= MaxLength && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':' or '~');
}
