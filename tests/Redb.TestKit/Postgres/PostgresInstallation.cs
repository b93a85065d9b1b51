using System.Diagnostics;

namespace Redb.TestKit.Postgres;

/// <summary>The programs of PostgreSQL on this machine, and the user they run as: they refuse to run as root.</summary>
internal static class PostgresInstallation
{
    private static readonly Lazy<string> s_folder = new(FindFolder);
    private static readonly Lazy<string> s_user = new(FindUser);

    /// <summary>A command line that runs one of the programs as an unprivileged user.</summary>
    /// <param name="program">Such as <c>initdb</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    public static (string Program, IReadOnlyList<string> Arguments) Command(
        string program,
        params IEnumerable<string> arguments
    )
    {
        var path = Path.Combine(s_folder.Value, program);
        return Environment.IsPrivilegedProcess
            ? (
                "setpriv",
                [$"--reuid={s_user.Value}", $"--regid={GroupOf(s_user.Value)}", "--clear-groups", path, .. arguments]
            )
            : (path, [.. arguments]);
    }

    /// <summary>Gives a file or a folder with all that is in it to the user the programs run as.</summary>
    public static void Give(string path)
    {
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "-R", $"{s_user.Value}:{GroupOf(s_user.Value)}", path);
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A folder that every user may enter.
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
#pragma warning disable VSTHRD002 // The process is gone, and with it the writer of the stream.
        process.ExitCode.Should().Be(0, $"{program} {string.Join(' ', arguments)} works: {errors.Result}{output}");
#pragma warning restore VSTHRD002
        return output;
    }

    private static string FindFolder()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        // Debian keeps what administrators do not call out of everybody's path.
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .OrderDescending(StringComparer.Ordinal)
                .Select(home => $"{home}/bin")
            : [];
        // The real place: the programs look for each other beside themselves.
        var initdb = debian
            .Concat(path.Split(':'))
            .Select(folder => new FileInfo(Path.Combine(folder, "initdb")))
            .FirstOrDefault(file => file.Exists);
        return (initdb?.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? initdb)?.DirectoryName
            ?? throw new InvalidOperationException(
                "initdb is neither in PATH nor below /usr/lib/postgresql: install PostgreSQL (Debian: apt-get install postgresql)."
            );
    }

    private static string FindUser()
    {
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return users.Contains("postgres") ? "postgres" : "nobody";
    }

    private static string GroupOf(string user) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(fields => fields[0] == user)[3];
}
