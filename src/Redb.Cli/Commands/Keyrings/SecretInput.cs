using System.Text;
using Redb.Cli.Rendering;
using Redb.Keyring;

namespace Redb.Cli.Commands.Keyrings;

/// <summary>Reads a secret from whoever has it: never from the command line, which every user of the machine sees.</summary>
/// <param name="terminal">Where it is asked for.</param>
internal sealed class SecretInput(Terminal terminal)
{
    private const int MostCharacters = 1024 * 1024;

    /// <summary>All of standard input but the line feed at its end; on a terminal what is typed unseen, twice.</summary>
    /// <param name="what">What is asked for, with a capital letter.</param>
    /// <param name="isNew">Whether it is being chosen, so that a slip of the finger would matter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Secret> ReadAsync(string what, bool isNew, CancellationToken cancellationToken)
    {
        var text = Console.IsInputRedirected
            ? await ReadAllAsync(cancellationToken)
            : await AskAsync(what, isNew, cancellationToken);
        return text.Length > 0
            ? new(text)
            : throw new CommandFailure(
                ExitCode.Usage,
                "no secret was given",
                Console.IsInputRedirected ? "standard input is empty" : "nothing was typed",
                "type it when asked, or send it into standard input: redbctl keyring ... < FILE"
            );
    }

    private static async Task<string> ReadAllAsync(CancellationToken cancellationToken)
    {
        using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        var buffer = new char[MostCharacters + 1];
        var length = await input.ReadBlockAsync(buffer, cancellationToken);
        if (length > MostCharacters)
        {
            throw new CommandFailure(
                ExitCode.Usage,
                "what came is no secret",
                $"standard input has more than {MostCharacters} characters",
                "see what is sent into it"
            );
        }

        var text = new string(buffer, 0, length);
        Array.Clear(buffer);
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2]
            : text.EndsWith('\n') ? text[..^1]
            : text;
    }

    private async Task<string> AskAsync(string what, bool isNew, CancellationToken cancellationToken)
    {
        var first = await TypedAsync(what, cancellationToken);
        if (isNew && first != await TypedAsync($"{what} once more", cancellationToken))
        {
            throw new CommandFailure(
                ExitCode.Usage,
                "nothing was changed",
                "the two were not the same",
                "try again; a longer text is easier to send into standard input"
            );
        }

        return first;
    }

    private async Task<string> TypedAsync(string what, CancellationToken cancellationToken)
    {
        await terminal.Error.WriteAsync($"{what}: ");
        try
        {
            // The console waits for a key whatever happens; Ctrl-C ends the command all the same.
            return await Task.Run(ReadLine, cancellationToken).WaitAsync(cancellationToken);
        }
        finally
        {
            await terminal.Error.WriteLineAsync();
        }
    }

    private static string ReadLine()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return typed.ToString();
                case ConsoleKey.Backspace:
                    typed.Length -= typed.Length > 0 ? 1 : 0;
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        typed.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }
}
