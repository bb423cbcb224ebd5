namespace ActorJobs;

/// <summary>Something of the infrastructure under ActorJobs is broken.</summary>
public class ActorJobsException : Exception
{
    /// <summary>Makes the error.</summary>
    public ActorJobsException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
