using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorJobs;

/// <summary>
/// Reads the arguments of handlers as their types say: what cannot be null is not, and a constructor's parameter without a default is there. Results and checkpoints
/// are read by <see cref="JobJson.Options"/>, which is lenient: an earlier build may have written them.
/// </summary>
internal static class HandlerArguments
{
    private static JsonSerializerOptions? strict; // made with the first job, when the application has said its last word about JobJson.Options; two of them do no harm

    private static JsonSerializerOptions Strict => strict ??= new(JobJson.Options)
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = (JobJson.Options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(RequireParameters),
    };

    /// <summary>What is wrong with them for a handler of <typeparamref name="TArgs"/>, or null.</summary>
    public static JobProblem? ProblemOf<TArgs>(RawJson raw)
    {
        try
        {
            Read<TArgs>(raw, out var problem);
            return problem;
        }
#pragma warning disable CA1031 // constructors are the application's code: what they throw is for the attempt to say
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }

    public static TArgs? Read<TArgs>(RawJson raw, out JobProblem? problem)
    {
        try
        {
            var args = JsonSerializer.Deserialize<TArgs>(raw.Utf8.Span, Strict);
            problem = args is null && !MayBeNull<TArgs>() ? Invalid("The kind needs arguments, and the job has none.", [])
                : (args as ICheckedArguments)?.FindProblem() is var (field, rule) ? Invalid(rule, [field])
                : null;
            return args;
        }
        catch (JsonException exception)
        {
            var mismatch = JsonMismatch.Of(exception, raw.Utf8, Strict.GetTypeInfo(typeof(TArgs)));
            problem = Invalid(mismatch.Path.Count == 0 ? mismatch.Detail : $"'{string.Join('.', mismatch.Path)}': {mismatch.Detail}", mismatch.Path);
            return default;
        }
    }

    /// <summary>Whether any JSON will do.</summary>
    public static bool TakesAnything<TArgs>() => typeof(TArgs) == typeof(RawJson) || typeof(TArgs) == typeof(object) || typeof(TArgs) == typeof(JsonElement);

    // a handler that can do without arguments takes a nullable value, JSON as it is, or object
    private static bool MayBeNull<TArgs>() => typeof(TArgs) == typeof(object) || Nullable.GetUnderlyingType(typeof(TArgs)) is not null;

    private static JobProblem Invalid(string detail, IEnumerable<string> path) => new("invalid-arguments", detail, string.Join('.', path.Prepend("args")));

    // not RespectRequiredConstructorParameters: that asks for nullable ones too, which are left out when they are written as null
    private static void RequireParameters(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: false } parameter && !CanBeNull(parameter))
                property.IsRequired = true;
        }
    }

    private static bool CanBeNull(JsonParameterInfo parameter) =>
        parameter.ParameterType.IsValueType ? Nullable.GetUnderlyingType(parameter.ParameterType) is not null : parameter.IsNullable;
}
