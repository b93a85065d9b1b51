using System.Collections.Immutable;
using System.CommandLine;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;
using Redb.Keyring;

namespace Redb.Cli.Commands.Keyrings;

/// <summary><c>redbctl keyring list</c>: which secrets there are, and never what they are.</summary>
internal sealed class KeyringListCommand(CommandContext context)
{
    private static readonly ImmutableArray<Column> s_columns =
    [
        new("SERVICE", IsEssential: true),
        new("USER", IsEssential: true),
    ];

    /// <summary>The verb.</summary>
    public Command Create()
    {
        var command = new Command("list", "List the names of all entries; their secrets stay where they are");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (keyring, request) = await new KeyringAccess(context).OpenAsync(
            parsed,
            static request => request,
            cancellationToken
        );
        var names = await keyring.ListAsync(cancellationToken);
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(
                context.Terminal.Output,
                new KeyringDocument(
                    request.Group,
                    keyring.Backend == KeyringBackend.File ? "file" : "system",
                    keyring.Store.Description,
                    [.. names.Select(name => new KeyringDocument.Entry(name.Service, name.User))]
                )
            );
            return (int)ExitCode.Done;
        }

        if (names.IsEmpty)
        {
            await context.Terminal.Error.WriteLineAsync($"no entries in {keyring.Store.Description}");
            return (int)ExitCode.Done;
        }

        ImmutableArray<ImmutableArray<Cell>> rows =
        [
            .. names.Select(name =>
                ImmutableArray.Create(new Cell(Printable.Line(name.Service)), new Cell(Printable.Line(name.User)))
            ),
        ];
        context.Terminal.Screen.Write(new ColumnTable(s_columns, rows));
        return (int)ExitCode.Done;
    }
}
