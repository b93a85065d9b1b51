using System.Globalization;

namespace Redb.StandIn.Faults;

/// <summary>Lines for tests of log files: numbered from 1, all of one length.</summary>
internal static class NumberedLines
{
    public static async Task WriteAsync(TextWriter output, int count, int bytes)
    {
        for (var number = 1; number <= count; number++)
        {
            var start = string.Create(CultureInfo.InvariantCulture, $"line {number} ");
            await output.WriteAsync(start.PadRight(Math.Max(bytes - 1, start.Length), '.') + "\n");
        }

        await output.FlushAsync();
    }
}
