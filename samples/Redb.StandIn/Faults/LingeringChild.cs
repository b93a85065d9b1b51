using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Redb.StandIn.Faults;

/// <summary>A child in our process group that only a SIGKILL ends: what a supervisor must not leave behind.</summary>
internal static class LingeringChild
{
    /// <summary>The first argument that turns a stand-in into such a child.</summary>
    public const string Argument = "--linger";

    // A test that fails to kill the child must not leave it for good.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Starts the child and waits until it is deaf.</summary>
    /// <returns>Its process id.</returns>
    public static async Task<int> StartAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Argument])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var child = Process.Start(start) ?? throw new InvalidOperationException("The child did not start.");
        await child.StandardOutput.ReadLineAsync(cancellation);
        return child.Id;
    }

    /// <summary>What the child does: nothing, for ten minutes.</summary>
    public static async Task LingerAsync()
    {
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ignore);
        await Console.Out.WriteLineAsync("deaf");
        await Task.Delay(Lifetime, TimeProvider.System);
    }

    private static void Ignore(PosixSignalContext signal) => signal.Cancel = true;
}
