using System.Buffers;
using System.Text;

namespace Redb.Silo.Processes;

/// <summary>The environment another process was started with, from <c>/proc/PID/environ</c>.</summary>
internal static class ProcessEnvironment
{
    private const int UsualLength = 16 * 1024;

    /// <summary>Value of a variable; null when the process has none, is gone or a zombie, or is hidden from this user.</summary>
    public static string? Read(int pid, string variable)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(UsualLength);
        try
        {
            // Without a share that allows writing every open would take an advisory lock first.
            using var file = File.OpenHandle($"/proc/{pid}/environ", share: FileShare.ReadWrite | FileShare.Delete);
            var length = 0;
            while (RandomAccess.Read(file, buffer.AsSpan(length), length) is > 0 and var read)
            {
                length += read;
                buffer = length < buffer.Length ? buffer : Longer(buffer);
            }

            return Find(buffer.AsSpan(0, length), variable);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Longer(byte[] buffer)
    {
        var longer = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(longer, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return longer;
    }

    private static string? Find(ReadOnlySpan<byte> block, string variable)
    {
        Span<byte> entry = stackalloc byte[variable.Length + 2];
        Encoding.ASCII.GetBytes(variable, entry[1..]);
        entry[^1] = (byte)'=';
        var at = block.StartsWith(entry[1..]) ? 0 : block.IndexOf(entry) + 1;
        if (at == 0 && !block.StartsWith(entry[1..]))
        {
            return null;
        }

        var value = block[(at + variable.Length + 1)..];
        var end = value.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? value : value[..end]);
    }
}
