using System.Diagnostics;

namespace Redb.Silo.Tests.Journal;

/// <summary>Something mounted for one test; only root can.</summary>
internal sealed class Mounted : IDisposable
{
    private Mounted(string path) => Path = path;

    public string Path { get; }

    /// <summary>An empty disk in memory; null where it cannot be had.</summary>
    public static Mounted? SmallDisk(string path, int megabytes) =>
        Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) ? new(path) : null;

    /// <summary>Makes a file read-only even for root; null where it cannot be done.</summary>
    public static Mounted? ReadOnly(string file)
    {
        if (!Run("mount", "--bind", file, file))
        {
            return null;
        }

        var mounted = new Mounted(file);
        if (Run("mount", "-o", "remount,bind,ro", file))
        {
            return mounted;
        }

        mounted.Dispose();
        return null;
    }

    /// <summary>Leaves no byte free.</summary>
    /// <returns>The file that takes the room.</returns>
    public string Fill()
    {
        var ballast = System.IO.Path.Combine(Path, "ballast");
        using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full, as intended.
        }

        return ballast;
    }

    // Lazily: what still has a file of it open does not keep it in the tree.
    public void Dispose() => Run("umount", "-l", Path);

    private static bool Run(string program, params string[] arguments)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return false;
        }

        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
