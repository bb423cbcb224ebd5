using System.ComponentModel.DataAnnotations;

namespace ActorJobs.Limits;

/// <summary>A setting that is a rate as text, or null.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RateTextAttribute() : ValidationAttribute(Rate.Form + ".")
{
    public override bool IsValid(object? value) => value is null || Rate.TryParse(value as string, out _);
}
