namespace ActorJobs.Cli;

/// <summary>What the command line tells the shell. Documented in <c>docs/cli.md</c>; numbers never change their meaning.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>Refused or failed: a job that was waited for did not complete, a check failed, some of many were refused.</summary>
    public const int Failed = 1;

    /// <summary>The command line or what it names is wrong; the node's 400, 413 and 415.</summary>
    public const int Usage = 2;

    /// <summary>The node does not answer: not there, no TLS, too slow.</summary>
    public const int Unreachable = 3;

    /// <summary>No key, a wrong one, or one whose role is too small: 401 and 403.</summary>
    public const int NotAllowed = 4;

    /// <summary>There is no such thing, or the node does not offer the command: 404.</summary>
    public const int NotFound = 5;

    /// <summary>The present state does not allow it: 409, 412 and 422.</summary>
    public const int Conflict = 6;

    /// <summary>Too much work or not ready, also after waiting as asked: 429 and 503.</summary>
    public const int Busy = 7;

    /// <summary>Ended by Ctrl+C.</summary>
    public const int Interrupted = 130;
}
