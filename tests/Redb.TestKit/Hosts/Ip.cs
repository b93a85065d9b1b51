using System.Diagnostics;

namespace Redb.TestKit.Hosts;

/// <summary>Debian's <c>iproute2</c>.</summary>
internal static class Ip
{
    /// <summary>Where it is, also for users whose path lacks the folders of administrators.</summary>
    public static string Program { get; } = File.Exists("/usr/sbin/ip") ? "/usr/sbin/ip" : "ip";

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="IOException">It failed; the message is its own.</exception>
    public static void Run(params IEnumerable<string> arguments) => Ask(arguments);

    /// <summary>Runs it to its end and returns what it printed.</summary>
    /// <exception cref="IOException">It failed; the message is its own.</exception>
    public static string Ask(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new IOException($"ip {string.Join(' ', start.ArgumentList)}: {error.Trim()}");
    }
}
