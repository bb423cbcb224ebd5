using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorJobs.Pools.Isolated;

/// <summary>
/// Takes the standard streams for messages. What the program and its libraries write to their output goes to standard error from then on, whichever way they write it.
/// </summary>
internal static class StandardStreams
{
    public static MessageStream Take()
    {
        var input = Console.OpenStandardInput();
        Stream output;
        if (OperatingSystem.IsWindows())
        {
            output = Console.OpenStandardOutput();
        }
        else
        {
            var own = Dup(1);
            if (own < 0 || Dup2(2, 1) < 0)
                throw new IOException("The standard output could not be set aside.");
            output = new FileStream(new SafeFileHandle(own, ownsHandle: true), FileAccess.Write, bufferSize: 0);
        }

        Console.SetOut(Console.Error);
        return new MessageStream(input, output);
    }

    [DllImport("libc", EntryPoint = "dup", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Dup(int descriptor);

    [DllImport("libc", EntryPoint = "dup2", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Dup2(int from, int to);
}
