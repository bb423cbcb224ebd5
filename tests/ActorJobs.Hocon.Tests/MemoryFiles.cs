using System.Text;
using ActorJobs.Hocon.Files;

namespace ActorJobs.Hocon.Tests;

/// <summary>Files by path, for documents that include others.</summary>
internal sealed class MemoryFiles : Dictionary<string, string>, IHoconFiles
{
    public byte[]? Read(string path) => TryGetValue(path, out var text) ? Encoding.UTF8.GetBytes(text) : null;
}
