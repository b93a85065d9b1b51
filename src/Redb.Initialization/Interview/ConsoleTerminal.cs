using System.Text;

namespace Redb.Initialization.Interview;

/// <summary>The terminal this process was started on. Questions go to standard error, so that standard output stays clean.</summary>
public sealed class ConsoleTerminal : ITerminal
{
    /// <inheritdoc/>
    public bool IsInteractive { get; } = !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <inheritdoc/>
    public void Say(string text) => Console.Error.WriteLine(text);

    /// <inheritdoc/>
    public async Task<string?> AskAsync(string prompt, bool isSecret, CancellationToken cancellationToken)
    {
        await Console.Error.WriteAsync(prompt.AsMemory(), cancellationToken);

        // A thread of its own, because nothing ends a read of a terminal; after a signal it is left behind and ends with the process.
        var read = Task.Factory.StartNew(
            () => isSecret ? ReadUnseen() : Console.ReadLine(),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        return await read.WaitAsync(cancellationToken);
    }

    private static string? ReadUnseen()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    Console.Error.WriteLine();
                    return typed.ToString();
                case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when typed.Length == 0:
                    Console.Error.WriteLine();
                    return null;
                case { Key: ConsoleKey.Backspace }:
                    typed.Length = int.Max(0, typed.Length - 1);
                    break;
                case { KeyChar: >= ' ' }:
                    typed.Append(key.KeyChar);
                    break;
            }
        }
    }
}
