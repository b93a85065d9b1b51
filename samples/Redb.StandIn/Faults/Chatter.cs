using Redb.StandIn.Arguments;

namespace Redb.StandIn.Faults;

/// <summary>Says something again and again for as long as the service lives: to standard output, to its log, or to both.</summary>
internal sealed partial class Chatter(StandInArguments arguments, TimeProvider time, ILogger<Chatter> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(PrintAsync(stoppingToken), StreamAsync(stoppingToken));

    private async Task PrintAsync(CancellationToken stopping)
    {
        if (arguments.LogEvery is { } every)
        {
            await using var output = Console.OpenStandardOutput();
            await NumberedLines.KeepWritingAsync(output, every, arguments.LogLineBytes, time, stopping);
        }
    }

    private async Task StreamAsync(CancellationToken stopping)
    {
        if (arguments.StreamEvery is not { } every)
        {
            return;
        }

        using var timer = new PeriodicTimer(every, time);
        try
        {
            for (var number = 1; await timer.WaitForNextTickAsync(stopping); number++)
            {
                LogNumber(logger, number, Environment.ProcessId);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the service.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "entry {Number} of pid {Pid}")]
    private static partial void LogNumber(ILogger logger, int number, int pid);
}
