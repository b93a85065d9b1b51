using System.Collections.Immutable;
using System.CommandLine;
using Redb.Abstractions.Configuration;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;
using Redb.Configuration;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl validate</c>: everything that is wrong with configuration files, without a supervisor.</summary>
internal sealed class ValidateCommand(CommandContext context)
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Configuration files, one group each [default: config.yaml]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _effective = new("--show-effective")
    {
        Description = "Print every setting as it holds, with its origin",
    };

    private readonly Option<bool> _dev = new("--dev") { Description = "Executables may be missing" };

    /// <summary>The verb with its options.</summary>
    public Command Create()
    {
        var command = new Command("validate", "Check configuration files; exits with 6 when they are refused")
        {
            _files,
            _effective,
            _dev,
        };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        IReadOnlyList<string> files = parsed.GetValue(_files) is { Length: > 0 } named ? named : ["config.yaml"];
        var isDev = parsed.GetValue(_dev);
        var set = ConfigurationReader.ReadFiles([
            .. files.Select(file => ReaderInput.OfProcess(file) with { Dev = isDev }),
        ]);
        ImmutableArray<EffectiveValue> effective = parsed.GetValue(_effective)
            ? [.. set.Files.SelectMany(file => file.Effective)]
            : [];
        var isValid = set.Problems.All(problem => problem.Severity != ProblemSeverity.Error);
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, new ValidationDocument(isValid, set.Problems, effective));
        }
        else
        {
            Write(files, set.Problems, effective, isValid);
        }

        return (int)(isValid ? ExitCode.Done : ExitCode.ConfigurationInvalid);
    }

    private void Write(
        IReadOnlyList<string> files,
        ImmutableArray<Problem> problems,
        ImmutableArray<EffectiveValue> effective,
        bool isValid
    )
    {
        foreach (var value in effective)
        {
            context.Terminal.Output.WriteLine(value);
        }

        foreach (var problem in problems)
        {
            context.Terminal.Error.WriteLine(problem);
        }

        var errors = problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        context.Terminal.Error.WriteLine(
            isValid
                ? $"{string.Join(", ", files)}: valid"
                : $"{string.Join(", ", files)}: refused, {errors} {(errors == 1 ? "error" : "errors")}"
        );
    }
}
