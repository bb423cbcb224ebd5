namespace ActorJobs.Hocon;

/// <summary>A place in a configuration file.</summary>
/// <param name="File">The file as it was named when it was loaded.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The UTF-16 code unit within the line, from 1.</param>
public readonly record struct HoconPosition(string File, int Line, int Column)
{
    /// <summary>The form that editors and terminals turn into a link: <c>file:line:column</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
