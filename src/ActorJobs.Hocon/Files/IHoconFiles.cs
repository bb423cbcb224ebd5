namespace ActorJobs.Hocon.Files;

/// <summary>Where configuration files come from: the disk, or memory in tests.</summary>
internal interface IHoconFiles
{
    /// <summary>The bytes of a file, at most one more than <see cref="HoconLimits.FileBytes"/>; null when there is no such file.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is there and may not be read.</exception>
    byte[]? Read(string path);
}
