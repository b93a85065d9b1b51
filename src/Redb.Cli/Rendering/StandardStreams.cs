using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Redb.Cli.Rendering;

/// <summary>Opens the streams of this process.</summary>
internal static class StandardStreams
{
    // EPIPE: the reader went away, as after "redbctl logs | head".
    private const int BrokenPipe = 32;

    /// <summary>The terminal of this process.</summary>
    public static Terminal Open()
    {
        var isOutputTerminal = !Console.IsOutputRedirected;
        var isErrorTerminal = !Console.IsErrorRedirected;
        var width = isOutputTerminal || isErrorTerminal ? Console.WindowWidth : 0;
        var traits = TerminalTraits.Read(Environment.GetEnvironmentVariable, isOutputTerminal, isErrorTerminal, width);
        return new(
            Writer(1, Console.OpenStandardOutput, isOutputTerminal),
            Writer(2, Console.OpenStandardError, isErrorTerminal),
            traits
        );
    }

    /// <summary>Whether an error says that nobody reads any more.</summary>
    public static bool IsBrokenPipe(IOException error) => error.HResult == BrokenPipe;

    // The console's own stream hides a broken pipe, so that "logs -f | head" would never end. A file keeps it: there the
    // position is shared with other writers, and a stream of ours would write over them.
    private static StreamWriter Writer(int descriptor, Func<Stream> console, bool isTerminal)
    {
        Stream? pipe = null;
        if (!isTerminal && !OperatingSystem.IsWindows())
        {
            var direct = new FileStream(
                new SafeFileHandle(descriptor, ownsHandle: false),
                FileAccess.Write,
                bufferSize: 0
            );
            pipe = direct.CanSeek ? null : direct;
        }

        return new(pipe ?? console(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 4096)
        {
            AutoFlush = descriptor == 2 || isTerminal,
        };
    }
}
