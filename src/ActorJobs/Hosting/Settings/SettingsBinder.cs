using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace ActorJobs.Hosting.Settings;

/// <summary>
/// Lays a configuration section over options. Unlike the platform's binder it reads every form of a duration, lets a configured list replace the one
/// set in code, names keys nobody knows, and goes on after a value it cannot read, so that all problems are told at once.
/// </summary>
internal sealed class SettingsBinder
{
    private readonly List<string> problems = [];

    /// <summary>What could not be read, each beginning with its key.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Sets the properties of <paramref name="target"/> that the section has keys for.</summary>
    public void Bind(IConfigurationSection section, object target)
    {
        var type = target.GetType();
        foreach (var child in section.GetChildren())
        {
            if (type.GetProperty(child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { } property)
                BindProperty(child, target, property);
            else if (type.IsDefined(typeof(ClosedSettingsAttribute)))
                problems.Add($"{child.Path} is not known. Known here: {string.Join(", ", type.GetProperties().Select(known => known.Name))}.");
        }
    }

    private void BindProperty(IConfigurationSection section, object target, PropertyInfo property)
    {
        var type = property.PropertyType;
        if (DictionaryValue(type) is { } value)
            BindDictionary(section, (IDictionary)property.GetValue(target)!, value);
        else if (ListElement(type) is { } element)
            BindList(section, target, property, element);
        else if (Read(section, type, property.GetValue(target), property.IsDefined(typeof(ByteSizeAttribute))) is { } read && property.CanWrite)
            property.SetValue(target, read);
    }

    // null where the section says nothing, or nothing that can be read
    private object? Read(IConfigurationSection section, Type type, object? current, bool isByteSize = false)
    {
        if (type == typeof(Backoff))
            return BackoffSection.Read(section, problems);
        if (type == typeof(RawJson))
            return JsonSection.Read(section, problems);
        if (SettingText.IsText(type))
        {
            if (section.GetChildren().Any())
                problems.Add($"{section.Path} is one value, not a section.");
            else if (section.Value is { } text && (text.Length > 0 || type == typeof(string)))
                return SettingText.Read(section.Path, text, type, problems, isByteSize);
            return null;
        }

        if (!string.IsNullOrEmpty(section.Value))
        {
            problems.Add($"{section.Path} is a section with keys of its own, not a value.");
            return null;
        }

        var nested = current ?? Activator.CreateInstance(type)!;
        Bind(section, nested);
        return nested;
    }

    private void BindDictionary(IConfigurationSection section, IDictionary target, Type value)
    {
        foreach (var child in section.GetChildren())
        {
            if (Read(child, value, target.Contains(child.Key) ? target[child.Key] : null) is { } read)
                target[child.Key] = read;
        }
    }

    private void BindList(IConfigurationSection section, object target, PropertyInfo property, Type element)
    {
        var items = section.GetChildren().Select(child => Read(child, element, null)).OfType<object>().ToArray();
        if (items.Length == 0)
            return;
        var collection = property.GetValue(target) ?? throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} has no collection to fill.");
        var contract = typeof(ICollection<>).MakeGenericType(element);
        contract.GetMethod("Clear")!.Invoke(collection, null);
        foreach (var item in items)
            contract.GetMethod("Add")!.Invoke(collection, [item]);
    }

    private static Type? DictionaryValue(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>) ? type.GetGenericArguments()[1] : null;

    private static Type? ListElement(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IList<>) || type.GetGenericTypeDefinition() == typeof(ISet<>))
            ? type.GetGenericArguments()[0]
            : null;
}
