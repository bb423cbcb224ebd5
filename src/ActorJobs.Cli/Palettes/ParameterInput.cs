using System.CommandLine;
using System.CommandLine.Completions;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>A parameter of a palette's command as an argument or option of the command line.</summary>
internal sealed class ParameterInput
{
    private readonly Argument<string?>? argument;
    private readonly Option<string?>? option;
    private readonly Option<string[]>? list;
    private readonly Option<bool?>? flag;

    public ParameterInput(CommandLineApp app, PaletteParameter parameter)
    {
        Parameter = parameter;
        var name = parameter.Label ?? Words.Kebab(parameter.Name);
        if (parameter.In is "path" or "content")
        {
            argument = new Argument<string?>(name) { Description = parameter.Summary, HelpName = name.ToUpperInvariant() };
            argument.Validators.Add(result => Check(result.Tokens.Select(token => token.Value), result.AddError));
            argument.CompletionSources.Add(Complete);
        }
        else if (parameter.Type == "boolean")
        {
            flag = new Option<bool?>($"--{name}") { Description = parameter.Summary, Required = parameter.Required, Arity = ArgumentArity.ZeroOrOne };
        }
        else if (parameter.Type == "list")
        {
            list = new Option<string[]>($"--{name}")
            {
                Description = $"{parameter.Summary} (several may be given)",
                Required = parameter.Required,
                HelpName = "text",
                AllowMultipleArgumentsPerToken = true,
            };
        }
        else
        {
            option = new Option<string?>($"--{name}")
            {
                Description = parameter.Summary,
                Required = parameter.Required,
                HelpName = parameter.Values.Count > 0 ? string.Join('|', parameter.Values) : parameter.Type,
            };
            option.Validators.Add(result => Check(result.Tokens.Select(token => token.Value), result.AddError));
            option.CompletionSources.Add(Complete);
        }

        IEnumerable<CompletionItem> Complete(CompletionContext context) =>
            parameter.Values.Count > 0
                ? parameter.Values.Select(value => new CompletionItem(value))
                : parameter.Source is { } source ? ValueSource.Complete(app, context.ParseResult, source) : [];
    }

    public PaletteParameter Parameter { get; }

    /// <summary>The command line's command for one of a palette, with an input for each of its parameters.</summary>
    public static (Command Command, ParameterInput[] Inputs) CommandOf(CommandLineApp app, PaletteCommand item)
    {
        var command = new Command(item.Name, item.Summary);
        var inputs = item.Parameters.Select(parameter => new ParameterInput(app, parameter)).ToArray();
        foreach (var input in inputs)
            input.AddTo(command);
        return (command, inputs);
    }

    private void AddTo(Command command)
    {
        if (argument is not null)
            command.Arguments.Add(argument);
        if (option is not null)
            command.Options.Add(option);
        foreach (var other in (Option?[])[list, flag])
            if (other is not null)
                command.Options.Add(other);
    }

    /// <summary>What was typed; null for nothing.</summary>
    public IReadOnlyList<string>? ValueOf(ParseResult parse)
    {
        if (argument is not null)
            return parse.GetValue(argument) is { } value ? [value] : null;
        if (flag is not null)
            return parse.GetResult(flag) is null ? null : [parse.GetValue(flag) is false ? "false" : "true"];
        if (list is not null)
            return parse.GetValue(list) is { Length: > 0 } several ? several : null;
        return parse.GetValue(option!) is { } text ? [text] : null;
    }

    private void Check(IEnumerable<string> values, Action<string> addError)
    {
        foreach (var value in values)
            if (ParameterValue.Problem(Parameter, value) is { } problem)
                addError($"{Words.Kebab(Parameter.Name)}: {problem}");
    }
}

/// <summary>Names between the API's spelling and the command line's.</summary>
internal static class Words
{
    /// <summary><c>chainProgress</c> and <c>error.message</c> as <c>chain-progress</c> and <c>error-message</c>.</summary>
    public static string Kebab(string name) =>
        string.Concat(name.Select((letter, at) => char.IsAsciiLetterUpper(letter) ? (at > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter == '.' ? "-" : letter.ToString()));
}
