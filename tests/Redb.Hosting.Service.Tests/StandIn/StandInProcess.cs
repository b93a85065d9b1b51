using System.Diagnostics;
using System.Globalization;
using Redb.Hosting.Service.Tests.Doubles;

namespace Redb.Hosting.Service.Tests.StandIn;

/// <summary>A stand-in as a real process, leader of a process group of its own, gone when the test ends.</summary>
internal sealed class StandInProcess : IAsyncDisposable
{
    private readonly Recorder<bool> _exited = new();
    private readonly Process _process;

    private StandInProcess(ProcessStartInfo start)
    {
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _exited.Add(item: true);
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Recorder<string> Lines { get; } = new();

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    private static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, "redb-standin");

    public static StandInProcess Start(params string[] arguments) => Launch(Executable, [], arguments);

    public static StandInProcess StartAs(string executable, params string[] arguments) =>
        Launch(executable, [], arguments);

    public static StandInProcess StartWith((string Name, string Value)[] environment, params string[] arguments) =>
        Launch(Executable, environment, arguments);

    private static StandInProcess Launch(
        string executable,
        (string Name, string Value)[] environment,
        string[] arguments
    )
    {
        // setsid(1) becomes the stand-in: same process id, new group.
        var start = new ProcessStartInfo("setsid", [executable, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(start);
    }

    public static string LinkNamed(string folder, string name)
    {
        var link = Path.Combine(folder, name);
        File.CreateSymbolicLink(link, Executable);
        return link;
    }

    public Task<string> SaysAsync(string text) => Lines.NextAsync(l => l.Contains(text, StringComparison.Ordinal));

    public async Task<int> ExitCodeAsync()
    {
        // Not WaitForExitAsync: that waits for the pipes too, which a forked child holds open.
        await _exited.NextAsync();
        return _process.ExitCode;
    }

    public Task SignalAsync(string signal) => KillAsync(signal, Id.ToString(CultureInfo.InvariantCulture));

    public Task SignalGroupAsync(string signal) =>
        KillAsync(signal, string.Create(CultureInfo.InvariantCulture, $"-{Id}"));

    /// <summary>The port of the listener, as the process told it.</summary>
    public async Task<int> PortAsync() => PortIn(await SaysAsync("serves on"));

    /// <summary>The number after the last colon of a line that ends with a full stop.</summary>
    public static int PortIn(string line) =>
        int.Parse(line.AsSpan(line.LastIndexOf(':') + 1).TrimEnd('.'), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await SignalGroupAsync("KILL");
        _process.Dispose();
    }

    private static async Task KillAsync(string signal, string target)
    {
        var start = new ProcessStartInfo("kill", ["-s", signal, "--", target]) { RedirectStandardError = true };
        start.UseShellExecute = false;
        using var kill = Process.Start(start)!;
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    private void Hear(string? line)
    {
        if (line is not null)
        {
            Lines.Add(line);
        }
    }
}
