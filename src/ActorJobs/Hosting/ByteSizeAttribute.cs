namespace ActorJobs;

/// <summary>A setting that is a number of bytes: configuration may write it with a unit, <c>512 MiB</c> or <c>64K</c>, as well.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ByteSizeAttribute : Attribute;
