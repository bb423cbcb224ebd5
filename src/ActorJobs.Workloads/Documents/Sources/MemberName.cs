namespace ActorJobs.Workloads.Documents;

/// <summary>Member ids of XML documentation (<c>M:System.String.Join``1(System.String)</c>), made readable.</summary>
internal static class MemberName
{
    /// <summary>Without kind, parameters and arity: <c>System.String.Join</c>; a constructor is named <c>new</c>.</summary>
    public static string Display(string id)
    {
        var name = id.AsSpan();
        if (name.Length > 2 && name[1] == ':')
            name = name[2..];
        if (name.IndexOf('(') is var open and >= 0)
            name = name[..open];
        // an explicit implementation writes its interface with # for . and the rest of generic brackets
        var readable = name.ToString().Replace(".#ctor", ".new", StringComparison.Ordinal).Replace(".#cctor", ".static", StringComparison.Ordinal);
        return WithoutArity(readable).Replace('#', '.').Replace('{', '<').Replace('}', '>');
    }

    /// <summary>The last word: <c>Join</c>.</summary>
    public static string Short(string display) => display[(display.LastIndexOf('.') + 1)..];

    private static string WithoutArity(string name)
    {
        if (!name.Contains('`'))
            return name;
        var kept = new System.Text.StringBuilder(name.Length);
        for (var index = 0; index < name.Length; index++)
        {
            if (name[index] != '`')
            {
                kept.Append(name[index]);
                continue;
            }

            while (index + 1 < name.Length && (name[index + 1] == '`' || char.IsAsciiDigit(name[index + 1])))
                index++;
        }

        return kept.ToString();
    }
}
