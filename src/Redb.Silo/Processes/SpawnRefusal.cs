using System.Text;

namespace Redb.Silo.Processes;

/// <summary>Finds out after a failed posix_spawn which of its steps failed, and says so in a sentence.</summary>
/// <remarks>posix_spawn tells an error number but not whether chdir, open or exec returned it; the world is asked again here.</remarks>
internal static class SpawnRefusal
{
    private const int LongestHeader = 256;

    public static string Explain(SpawnRequest request, int error) =>
        WorkingDirectory(request.WorkingDirectory) ?? OutputFile(request) ?? Explain(request.Path, error);

    /// <summary>For a program that the system would not run.</summary>
    public static string Explain(string path, int error) =>
        Executable(path, error) ?? $"{path} could not be started: {Errno.Describe(error)} (error {error}).";

    /// <summary>For a bare name that PATH does not know.</summary>
    public static string NotInPath(string executable) =>
        executable.Length == 0
            ? "no executable is configured."
            : $"executable {executable} was not found in PATH ({Environment.GetEnvironmentVariable("PATH")}).";

    private static string? WorkingDirectory(string path)
    {
        if (path.Length == 0)
        {
            return null;
        }

        if (!Directory.Exists(path))
        {
            return File.Exists(path)
                ? $"working directory {path} is not a directory."
                : $"working directory {path} does not exist.";
        }

        return Libc.Access(path, 1) == 0 ? null : $"working directory {path} may not be entered: permission denied.";
    }

    private static string? OutputFile(SpawnRequest request)
    {
        if (request.Output is not null)
        {
            return null;
        }

        try
        {
            using var file = File.Open(request.OutputFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"log file {request.OutputFile} cannot be opened: {failure.Message}";
        }
    }

    private static string? Executable(string path, int error)
    {
        if (Directory.Exists(path))
        {
            return $"executable {path} is a directory.";
        }

        if (!File.Exists(path))
        {
            return error == Errno.AccessDenied
                ? $"executable {path} cannot be reached: permission denied on the way."
                : $"executable {path} does not exist.";
        }

        return error switch
        {
            Errno.AccessDenied or Errno.NoPermission => NotPermitted(path),
            Errno.BadFormat => $"executable {path} is neither a program for this machine nor a script with a #! line.",
            Errno.NoEntry or Errno.NotDirectory => NoInterpreter(path),
            Errno.TextBusy => $"executable {path} is open for writing.",
            Errno.TooBig => $"executable {path} was given more arguments and environment than the system allows.",
            Errno.TryAgain or Errno.NoMemory =>
                $"the system has no room for another process ({Errno.Describe(error)}).",
            _ => null,
        };
    }

    private static string NotPermitted(string path) =>
        Libc.Access(path, 1) != 0
            ? $"executable {path} is not executable for this user."
            : $"executable {path} may not be run: its file system is mounted noexec, its interpreter is not executable, or a security policy forbids it.";

    private static string NoInterpreter(string path)
    {
        var header = ReadHeader(path);
        if (!header.StartsWith("#!", StringComparison.Ordinal))
        {
            return $"executable {path} needs a dynamic loader that does not exist on this machine.";
        }

        var line = header[2..].Split('\n')[0].Trim(' ', '\t');
        var interpreter = line.Split(' ', '\t')[0];
        return $"executable {path} names the interpreter {Printable(interpreter)} in its #! line, which does not exist.";
    }

    private static string ReadHeader(string path)
    {
        var buffer = new byte[LongestHeader];
        try
        {
            using var file = File.OpenHandle(path);
            return Encoding.UTF8.GetString(buffer, 0, RandomAccess.Read(file, buffer, 0));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A program may be executable without being readable; then its first line stays unknown.
            return "";
        }
    }

    // A script saved with CR LF names an interpreter that ends in an invisible CR.
    private static string Printable(string text) => text.Replace("\r", "\\r", StringComparison.Ordinal);
}
