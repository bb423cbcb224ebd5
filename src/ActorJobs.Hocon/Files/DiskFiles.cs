namespace ActorJobs.Hocon.Files;

internal sealed class DiskFiles : IHoconFiles
{
    public byte[]? Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var buffer = new byte[HoconLimits.FileBytes + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return buffer[..length];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
