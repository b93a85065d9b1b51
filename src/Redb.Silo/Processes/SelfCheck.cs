using System.Diagnostics;

namespace Redb.Silo.Processes;

/// <summary>Asks the program that would replace this one whether it could run at all.</summary>
internal static class SelfCheck
{
    /// <summary>How long it may take: 10 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs it with our arguments and <c>--validate</c>.</summary>
    /// <param name="self">The program.</param>
    /// <param name="patience">How long it may take; it is killed then.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Null when it agrees, else why it does not, with all it said.</returns>
    public static async Task<string?> RefusalAsync(StartedAs self, TimeSpan patience, TimeProvider time)
    {
        using var process = new Process { StartInfo = Start(self) };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            return SpawnRefusal.Explain(self.Path, failure.NativeErrorCode);
        }

        using var over = new CancellationTokenSource(patience, time);
        try
        {
            var said = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(over.Token),
                process.StandardError.ReadToEndAsync(over.Token)
            );
            await process.WaitForExitAsync(over.Token);
            return process.ExitCode == 0
                ? null
                : $"{self.Path} refuses to run (exit code {process.ExitCode}):\n{string.Concat(said).TrimEnd()}";
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return $"{self.Path} did not say within {patience.TotalSeconds:0.#} s whether it could run, and was killed";
        }
    }

    private static ProcessStartInfo Start(StartedAs self)
    {
        var start = new ProcessStartInfo(self.Path, [.. self.Arguments.Skip(1), "--validate"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in ChildEnvironment.OursAlone)
        {
            start.Environment.Remove(name);
        }

        return start;
    }
}
