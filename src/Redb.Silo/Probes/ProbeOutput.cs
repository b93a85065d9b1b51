using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Probes;

/// <summary>Takes what a probe's command prints into memory, bounded, without a thread that reads.</summary>
internal sealed partial class ProbeOutput : IDisposable
{
    private const int MostBytes = 1024 * 1024;
    private const int LongestLine = 512;
    private const uint CloseOnExec = 1;
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int SealGrow = 4;
    private const int Current = 1;

    public ProbeOutput()
    {
        var descriptor = CreateMemoryFile("probe", CloseOnExec | AllowSealing);
        File = descriptor >= 0 ? new(descriptor, ownsHandle: true) : throw new Win32Exception();

        // A fixed size: pages come only as they are written, and writes beyond it fail for the command, not for us.
        RandomAccess.SetLength(File, MostBytes);
        _ = Control(File, AddSeals, SealGrow);
    }

    /// <summary>To become the command's stdout and stderr.</summary>
    public SafeFileHandle File { get; }

    /// <summary>The last line printed, shortened, as <c>: text</c>; empty when nothing was.</summary>
    public string ReadLastLine()
    {
        // The command wrote through a copy of this descriptor, which shares its offset.
        var end = Seek(File, 0, Current);
        var buffer = new byte[(int)Math.Min(end, 4 * LongestLine)];
        var read = RandomAccess.Read(File, buffer, end - buffer.Length);
        var text = Encoding.UTF8.GetString(buffer, 0, read).TrimEnd();
        var line = text[(text.LastIndexOf('\n') + 1)..].Trim();
        return line.Length == 0 ? "" : $": {(line.Length <= LongestLine ? line : $"{line[..LongestLine]}…")}";
    }

    public void Dispose() => File.Dispose();

    [LibraryImport(
        "libc",
        EntryPoint = "memfd_create",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int CreateMemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, int argument);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(SafeFileHandle file, long offset, int origin);
}
