using System.Globalization;
using System.Text;

namespace Redb.Silo.Limits;

/// <summary>Adds up the resident memory of sessions, from one pass over <c>/proc</c>.</summary>
internal static class SessionMemory
{
    private const int SessionField = 3;
    private const int ResidentPagesField = 21;

    // A line of stat has some 50 numbers of up to 20 digits, the longest name 64 bytes.
    private const int LongestLine = 2048;

    /// <summary>Bytes of each session that has processes; pages that processes share are counted for each of them.</summary>
    public static Dictionary<int, long> Of(IReadOnlySet<int> sessions)
    {
        var result = new Dictionary<int, long>();
        var buffer = new byte[LongestLine];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                char.IsAsciiDigit(folder[^1])
                && Read(folder, buffer) is var (session, bytes)
                && sessions.Contains(session)
            )
            {
                result[session] = result.GetValueOrDefault(session) + bytes;
            }
        }

        return result;
    }

    private static (int Session, long Bytes)? Read(string folder, byte[] buffer)
    {
        try
        {
            using var file = File.OpenHandle($"{folder}/stat");
            var text = Encoding.ASCII.GetString(buffer, 0, RandomAccess.Read(file, buffer, 0));

            // The name in the second field may itself contain spaces and brackets; the last bracket ends it.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return ((int)Number(fields[SessionField]), Number(fields[ResidentPagesField]) * Environment.SystemPageSize);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
