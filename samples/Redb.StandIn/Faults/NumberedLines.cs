using System.Globalization;
using System.Text;

namespace Redb.StandIn.Faults;

/// <summary>Lines for tests of log files: numbered from 1, all of one length.</summary>
internal static class NumberedLines
{
    public static async Task WriteAsync(TextWriter output, int count, int bytes)
    {
        for (var number = 1; number <= count; number++)
        {
            await output.WriteAsync(Line(string.Create(CultureInfo.InvariantCulture, $"line {number} "), bytes));
        }

        await output.FlushAsync();
    }

    /// <summary>Writes lines that also name this process for as long as it lives, each in one piece.</summary>
    /// <param name="output">Standard output itself: a text writer cuts long lines into several writes.</param>
    /// <param name="every">Time between two lines.</param>
    /// <param name="bytes">Length of each, line end included.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task KeepWritingAsync(
        Stream output,
        TimeSpan every,
        int bytes,
        TimeProvider time,
        CancellationToken stopping
    )
    {
        using var timer = new PeriodicTimer(every, time);
        var number = 1;
        try
        {
            do
            {
                var text = string.Create(
                    CultureInfo.InvariantCulture,
                    $"line {number} of pid {Environment.ProcessId} "
                );
                // A full disk loses the line, as it would for any service; the next one shows that it is missing.
                Write(output, Encoding.ASCII.GetBytes(Line(text, bytes)));
                number++;
            } while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            // The end of the service.
        }
    }

    private static void Write(Stream output, byte[] line)
    {
        try
        {
            output.Write(line);
        }
        catch (IOException)
        {
            // Said by the gap in the numbers.
        }
    }

    private static string Line(string start, int bytes) =>
        start.PadRight(Math.Max(bytes - 1, start.Length), '.') + "\n";
}
