namespace ActorJobs.Pools.Isolated;

/// <summary>How child processes are started: as this program, with its arguments, and a word in the environment that says what it is for.</summary>
internal sealed record IsolatedCommand(string Program, IReadOnlyList<string> Arguments)
{
    public const string Variable = "ACTORJOBS_ISOLATED";

    /// <summary>Whether this process is such a child.</summary>
    public static bool IsChild => Environment.GetEnvironmentVariable(Variable) == "1";

    public static IsolatedCommand OfThisProgram()
    {
        var (path, arguments) = (Environment.ProcessPath ?? throw new InvalidOperationException("The program of this process is not known."), Environment.GetCommandLineArgs());
        // started as "dotnet program.dll", the first argument is the program; as program.exe, it is that program's own library
        return new(path, Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? arguments : arguments[1..]);
    }
}
