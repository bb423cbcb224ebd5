namespace ActorJobs;

/// <summary>
/// Options that own their configuration section alone: a key in it without a property is a mistake, and <c>BindSettings</c> refuses it by name. Other
/// sections are shared: the root holds the options of several parts, and settings of parts that are not in this process.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ClosedSettingsAttribute : Attribute;
