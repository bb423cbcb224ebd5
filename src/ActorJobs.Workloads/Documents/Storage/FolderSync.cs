using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Makes the names in a folder durable. A rename survives a power cut only once its folder is synced (fsync(2)), and .NET opens no folders.
/// Windows has no such call and needs none: NTFS journals names.
/// </summary>
internal static partial class FolderSync
{
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(folder, 0);
        if (handle < 0)
            throw new IOException($"'{folder}' cannot be opened.", new Win32Exception(Marshal.GetLastPInvokeError()));
        try
        {
            if (Fsync(handle) != 0)
                throw new IOException($"'{folder}' cannot be synced.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
