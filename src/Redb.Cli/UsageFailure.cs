using System.CommandLine;
using Redb.Cli.Clients;

namespace Redb.Cli;

/// <summary>Says what is wrong with a command line.</summary>
internal static class UsageFailure
{
    private static IEnumerable<string> NamesOf(Option option) => option.Aliases.Prepend(option.Name);

    /// <summary>The failure for what the parser found.</summary>
    public static CommandFailure Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = command is RootCommand ? "redbctl" : $"redbctl {command.Name}";
        var wrong =
            (parsed.UnmatchedTokens is [var first, ..] ? first : null)
            ?? parsed.CommandResult.Tokens.Select(token => token.Value).FirstOrDefault(text => text.StartsWith('-'));
        var known = command
            .Subcommands.Select(verb => verb.Name)
            .Concat(command.Options.SelectMany(NamesOf))
            .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.SelectMany(NamesOf)));
        var near = wrong is null ? null : NearNames.Suggest(wrong, known);
        return new(
            ExitCode.Usage,
            wrong is null ? "the command line is not understood" : $"'{wrong}' is not understood",
            string.Join(" ", parsed.Errors.Select(error => OneLine(error.Message)).Distinct(StringComparer.Ordinal)),
            near is null ? $"{path} --help" : $"did you mean {near}?"
        );
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
