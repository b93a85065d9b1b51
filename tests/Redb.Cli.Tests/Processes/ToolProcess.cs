using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Redb.Cli.Tests.Processes;

/// <summary>The real redbctl, as a process.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process _process;

    public ToolProcess(string dataDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "redbctl.dll") },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["REDB_DATA_DIR"] = dataDirectory;
        _process = Process.Start(start)!;
        Error = _process.StandardError.ReadToEndAsync();
    }

    public StreamReader Output => _process.StandardOutput;

    public Task<string> Error { get; }

    public void Interrupt() => Kill(_process.Id, 2).Should().Be(0);

    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
