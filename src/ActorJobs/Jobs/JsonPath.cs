namespace ActorJobs;

/// <summary>The paths of the serialiser: <c>$.to['a.b'].lines[3]</c>.</summary>
internal static class JsonPath
{
    /// <summary>The names and numbers of a path, outermost first.</summary>
    public static string[] Parse(string path)
    {
        var steps = new List<string>();
        for (var at = 1; at < path.Length;)
        {
            var (start, end, next) =
                path[at] == '.' ? (at + 1, EndOfName(path, at + 1), EndOfName(path, at + 1))
                : path.AsSpan(at).StartsWith("['") && path.IndexOf("']", at, StringComparison.Ordinal) is > 0 and var quote ? (at + 2, quote, quote + 2)
                : path.IndexOf(']', at) is > 0 and var bracket ? (at + 1, bracket, bracket + 1)
                : (at, path.Length, path.Length);
            steps.Add(path[start..end]);
            at = next;
        }

        return [.. steps];
    }

    private static int EndOfName(string path, int start) => path.AsSpan(start).IndexOfAny('.', '[') is >= 0 and var length ? start + length : path.Length;
}
