using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace Redb.TestKit.Hosts;

/// <summary>A network of its own for the processes in it: they see no interface but those given to it. Only root may make one.</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    // Of Debian's ip: a file for each.
    private const string Folder = "/run/netns";
    private const int NewNetwork = 0x40000000;

    private static readonly Lazy<string> s_refusal = new(Probe);
    private static int s_count;

    private NetworkNamespace(string name) => Name = name;

    /// <summary>Why this machine makes no namespaces, for whoever reads why a test was skipped; empty where it does.</summary>
    public static string Refusal => s_refusal.Value;

    /// <summary>Its name, which says whose it is: <see cref="RemoveLeftovers"/> goes by it.</summary>
    public string Name { get; }

    /// <summary>Makes one with nothing in it but its loopback.</summary>
    /// <param name="label">What it is called among those of one test.</param>
    public static NetworkNamespace Create(string label)
    {
        var self = Environment.ProcessId;
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"redb-{self}-{ProcessTree.StartOf(self)}-{Interlocked.Increment(ref s_count)}-{label}"
        );
        Ip.Run("netns", "add", name);
        var made = new NetworkNamespace(name);
        made.Run("link", "set", "lo", "up");
        return made;
    }

    /// <summary>Removes what test processes left that were killed, with everything that still runs in there.</summary>
    public static void RemoveLeftovers()
    {
        var names = Directory.Exists(Folder) ? Directory.GetFiles(Folder).Select(Path.GetFileName) : [];
        foreach (var name in names.OfType<string>())
        {
            if (
                OwnerPattern().Match(name) is { Success: true } match
                && ProcessTree.StartOf(Number(match, "pid")) != Text(match, "start")
            )
            {
                new NetworkNamespace(name).Dispose();
            }
        }
    }

    /// <summary>The command line that runs a program in it; the program replaces <c>ip</c> and has its pid.</summary>
    public (string Program, string[] Arguments) Command(string program, params IEnumerable<string> arguments) =>
        (Ip.Program, ["netns", "exec", Name, program, .. arguments]);

    /// <summary>Runs <c>ip</c> on its interfaces.</summary>
    public void Run(params IEnumerable<string> arguments) => Ip.Run(["-n", Name, .. arguments]);

    /// <summary>A TCP socket that belongs to it, whichever thread uses it.</summary>
    public Socket NewSocket()
    {
        Socket? socket = null;
        Exception? failure = null;

        // A thread that has entered a namespace keeps to it: this one ends at once.
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle(Path.Combine(Folder, Name));
                if (SetNamespace(file, NewNetwork) != 0)
                {
                    throw new IOException($"Namespace {Name} cannot be entered.", Marshal.GetLastPInvokeError());
                }

                socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            }
            catch (Exception error) when (error is IOException or SocketException or UnauthorizedAccessException)
            {
                failure = error;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new IOException($"No socket in {Name}.", failure);
    }

    /// <summary>Names of its interfaces.</summary>
    public IReadOnlyList<string> Interfaces() =>
        [
            .. Ip.Ask("-n", Name, "-brief", "link")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', '@')[0]),
        ];

    /// <summary>Every process in it.</summary>
    public IReadOnlyList<int> Processes() =>
        [
            .. Ip.Ask("netns", "pids", Name)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => int.Parse(line, CultureInfo.InvariantCulture)),
        ];

    /// <summary>Kills whatever runs in it, and removes it with its interfaces.</summary>
    public void Dispose()
    {
        foreach (var pid in Processes())
        {
            Signals.TrySend(pid, "KILL");
        }

        Ip.Run("netns", "delete", Name);
    }

    private static string Probe()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return "network namespaces need root";
        }

        try
        {
            using var probe = Create("probe");
            probe.Run("link", "add", "bridge", "type", "bridge");
            probe.Run("link", "add", "here", "type", "veth", "peer", "name", "there");
            return "";
        }
        catch (Exception failure) when (failure is IOException or Win32Exception)
        {
            return $"this machine makes no network namespaces: {failure.Message}";
        }
    }

    private static int Number(Match match, string group) => int.Parse(Text(match, group), CultureInfo.InvariantCulture);

    private static string Text(Match match, string group) => match.Groups[group].Value;

    [GeneratedRegex(
        @"^redb-(?<pid>\d{1,9})-(?<start>\d+)-\d+-",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex OwnerPattern();

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(SafeFileHandle file, int kind);
}
