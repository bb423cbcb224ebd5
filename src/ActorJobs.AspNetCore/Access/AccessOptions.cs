using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ActorJobs.AspNetCore;

/// <summary>Who may use the front door. Bound from the section <c>ActorJobs</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>The API keys. Default: none, and then only callers on the same machine are served.</summary>
    public IList<ApiKeyOptions> Keys { get; } = [];
}

/// <summary>An API key. The key itself is never configured, only its hash.</summary>
[ClosedSettings]
public sealed class ApiKeyOptions
{
    /// <summary>Who holds it; shown in logs and in the audit trail.</summary>
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key in hexadecimal: <c>printf %s "$KEY" | sha256sum</c>.</summary>
    public string Hash { get; set; } = "";

    /// <summary>What it may do. Default: <see cref="AccessRole.Viewer"/>.</summary>
    public AccessRole Role { get; set; } = AccessRole.Viewer;

    /// <summary>When it stops to work. Default: never.</summary>
    public DateTimeOffset? Expires { get; set; }
}

/// <summary>Refuses to start with a key that could not work.</summary>
internal sealed partial class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var errors = options.Keys
            .SelectMany((key, index) => Check(key).Select(error => $"ActorJobs:Keys:{index}: {error}"))
            .ToArray();
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        static IEnumerable<string> Check(ApiKeyOptions key)
        {
            if (string.IsNullOrWhiteSpace(key.Name))
                yield return "Name is missing.";
            if (!Sha256().IsMatch(key.Hash))
                yield return "Hash must be the SHA-256 of the key, 64 hexadecimal digits.";
            if (!Enum.IsDefined(key.Role))
                yield return "Role must be viewer, operator or admin.";
        }
    }

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex Sha256();
}
