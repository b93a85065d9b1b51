using System.Diagnostics;
using System.Globalization;

namespace Redb.TestKit;

/// <summary>A small disk of its own, mounted over a folder and taken away again. Only root may do that.</summary>
internal sealed class MountedFolder : IDisposable
{
    private const string Ballast = "ballast";

    private readonly string? _image;
    private bool _isFrozen;

    private MountedFolder(string path, string? image) => (Path, _image) = (path, image);

    /// <summary>Whether this user may mount.</summary>
    public static bool IsAllowed => Environment.UserName == "root";

    public string Path { get; }

    /// <summary>A disk in memory, open to nobody else.</summary>
    public static MountedFolder InMemory(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        Run("mount", "-t", "tmpfs", "-o", Invariant($"size={megabytes}m,mode=0700"), "tmpfs", path);
        return new(path, image: null);
    }

    /// <summary>A file system of its own in a file, which can be frozen.</summary>
    public static MountedFolder InFile(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        var image = path + ".image";
        using (var file = File.Create(image))
        {
            file.SetLength(megabytes * 1024L * 1024);
        }

        Run("mkfs.ext4", "-q", "-F", image);
        Run("mount", "-o", "loop", image, path);
        return new(path, image);
    }

    /// <summary>Writes until nothing more fits.</summary>
    public void Fill()
    {
        var block = new byte[4096];
        using var file = new FileStream(
            System.IO.Path.Combine(Path, Ballast),
            FileMode.Append,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 0
        );
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(System.IO.Path.Combine(Path, Ballast));

    /// <summary>Makes the file system act as it does when its disk fails: from now on it can only be read.</summary>
    public void Break() => Run("mount", "-o", "remount,abort", Path);

    /// <summary>Lets every write wait, until <see cref="Thaw"/>.</summary>
    public void Freeze()
    {
        Run("fsfreeze", "-f", Path);
        _isFrozen = true;
    }

    public void Thaw()
    {
        Run("fsfreeze", "-u", Path);
        _isFrozen = false;
    }

    public void Dispose()
    {
        if (_isFrozen)
        {
            Thaw();
        }

        // Lazily: a process of a test that failed may still have files open here.
        Run("umount", "-l", Path);
        if (_image is not null)
        {
            File.Delete(_image);
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        process.ExitCode.Should().Be(0, $"{program} {string.Join(' ', arguments)} works");
    }
}
