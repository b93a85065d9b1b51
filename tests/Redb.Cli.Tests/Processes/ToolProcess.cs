using System.Diagnostics;
using System.Runtime.InteropServices;
using Redb.Cli.Clients;

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

        // A busy machine may take its time for a first answer.
        start.Environment[AnswerBound.Variable] = "60s";
        _process = Process.Start(start)!;
        Error = _process.StandardError.ReadToEndAsync();
    }

    public StreamReader Output => _process.StandardOutput;

    public Task<string> Error { get; }

    public void Interrupt() => Kill(_process.Id, 2).Should().Be(0);

    /// <summary>Waits for something that the tool brings about, and not longer than it lives.</summary>
    public async Task BringsAboutAsync(TaskCompletionSource happening, CancellationToken cancellationToken)
    {
        await Task.WhenAny(happening.Task.WaitAsync(cancellationToken), _process.WaitForExitAsync(cancellationToken));
        if (!happening.Task.IsCompleted)
        {
            Assert.Fail($"redbctl ended before: {await Error.WaitAsync(cancellationToken)}");
        }
    }

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
