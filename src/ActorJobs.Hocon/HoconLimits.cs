namespace ActorJobs.Hocon;

/// <summary>
/// What a configuration may cost. Far above what people write and far below what harms a process, because includes and substitutions
/// let a few lines stand for an exponential amount of text.
/// </summary>
internal static class HoconLimits
{
    /// <summary>Nesting of objects and arrays, elements of a path, and files that include each other.</summary>
    public const int Depth = 64;

    /// <summary>Bytes of one file.</summary>
    public const int FileBytes = 1024 * 1024;

    /// <summary>Bytes of all files of one configuration, a file counted as often as it is included.</summary>
    public const int TotalBytes = 16 * FileBytes;

    /// <summary>Include statements of one configuration.</summary>
    public const int Includes = 1000;

    /// <summary>Substitutions that each need the next one. It also bounds the stack, which recursion over them uses.</summary>
    public const int Chain = 128;

    /// <summary>Steps of resolving one configuration; less than a second of work.</summary>
    public const int Steps = 1_000_000;

    /// <summary>Characters of one string put together from parts.</summary>
    public const int TextLength = FileBytes;
}
