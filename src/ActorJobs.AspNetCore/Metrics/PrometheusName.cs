namespace ActorJobs.AspNetCore;

/// <summary>OpenTelemetry's names in Prometheus, by OpenTelemetry's compatibility specification: <c>a.b</c> in seconds is <c>a_b_seconds</c>.</summary>
internal static class PrometheusName
{
    public static string Of(string name, string? unit, bool isCounter)
    {
        var sanitized = Sanitize(name);
        var suffix = unit switch
        {
            null or "" => "",
            ['{', ..] => "", // annotations, as {job}, say what is counted, not in what
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            "%" => "_percent",
            "1" => isCounter ? "" : "_ratio",
            _ => "_" + Sanitize(unit),
        };
        if (!sanitized.EndsWith(suffix, StringComparison.Ordinal))
            sanitized += suffix;
        return isCounter && !sanitized.EndsWith("_total", StringComparison.Ordinal) ? sanitized + "_total" : sanitized;
    }

    /// <summary>Letters, digits and underscores, a letter first.</summary>
    public static string Sanitize(string name)
    {
        var text = string.Create(name.Length, name, static (span, name) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsAsciiLetterOrDigit(name[i]) ? name[i] : '_';
        });
        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text;
    }
}
