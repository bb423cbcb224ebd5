using System.Collections;
using System.ComponentModel.DataAnnotations;

namespace ActorJobs.Hosting.Settings;

/// <summary>Checks the annotations of options and of the options within them, wherever their values came from.</summary>
internal static class SettingsRules
{
    /// <summary>What is wrong, each beginning with its key.</summary>
    public static IEnumerable<string> Check(object options, string path)
    {
        foreach (var property in options.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            var at = $"{path}:{property.Name}";
            var value = property.GetValue(options);
            var results = new List<ValidationResult>();
            var rules = property.GetCustomAttributes(typeof(ValidationAttribute), true).Cast<ValidationAttribute>();
            if (!Validator.TryValidateValue(value!, new ValidationContext(options) { MemberName = property.Name, DisplayName = at }, results, rules))
            {
                foreach (var result in results)
                    yield return result.ErrorMessage!;
            }

            foreach (var problem in Within(value, at))
                yield return problem;
        }
    }

    private static IEnumerable<string> Within(object? value, string path) => value switch
    {
        null or Backoff or RawJson => [],
        _ when SettingText.IsText(value.GetType()) => [],
        IDictionary all => all.Keys.Cast<object>().SelectMany(key => Within(all[key], $"{path}:{key}")),
        IEnumerable all => all.Cast<object?>().SelectMany((item, index) => Within(item, $"{path}:{index}")),
        _ => Check(value, path),
    };
}
