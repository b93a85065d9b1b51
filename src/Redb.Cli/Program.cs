using System.Runtime.InteropServices;
using Redb.Cli;
using Redb.Cli.Clients;
using Redb.Cli.Commands;
using Redb.Cli.Rendering;

// For what happens outside the command: before it begins, and on threads of its timers.
AppDomain.CurrentDomain.UnhandledException += static (_, unhandled) =>
{
    if (unhandled.ExceptionObject is Exception error)
    {
        UnexpectedFailure.Write(Console.Error, error, UnexpectedFailure.IsDebugged);
    }

    Environment.Exit((int)ExitCode.Failed);
};
using var interrupted = new CancellationTokenSource();
using var signal = PosixSignalRegistration.Create(
    PosixSignal.SIGINT,
    context =>
    {
        // A second Ctrl-C ends the process at once, whatever hangs.
        context.Cancel = !interrupted.IsCancellationRequested;
        interrupted.Cancel();
    }
);
var context = new CommandContext(
    StandardStreams.Open(),
    TimeProvider.System,
    new OrleansConnector(TimeProvider.System),
    new SupervisorDirectory(Environment.GetEnvironmentVariable, SupervisorDirectory.IsProcessAlive),
    UnexpectedFailure.IsDebugged
);
return (int)await new Application(context).RunAsync(args, interrupted.Token);
