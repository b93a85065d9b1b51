using Redb.Silo.Hosts;

namespace Redb.Silo.Hosting;

/// <summary>Where the supervisor says what it does: on stderr, and in a file of its own.</summary>
/// <param name="dataDirectory">Folder of what belongs to the process and not to a group.</param>
/// <param name="level">What it says of itself; of what others say only warnings and worse.</param>
internal sealed class SupervisorLog(string dataDirectory, LogLevel level) : IAsyncDisposable
{
    private readonly FileLines _lines = new(Path.Combine(dataDirectory, "logs", "supervisor.log"), TimeProvider.System);

    /// <summary>The file.</summary>
    public string File => _lines.File;

    /// <summary>Says something to whoever watches, and to the file.</summary>
    public void Say(string text)
    {
        Console.Error.WriteLine(text);
        _lines.Write(LogLevel.Information, text);
    }

    /// <summary>Lets loggers write here, and nowhere else.</summary>
    public void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.Services.AddSingleton<ILoggerProvider>(new ConsoleLines(TimeProvider.System));
        logging.Services.AddSingleton<ILoggerProvider>(_lines);
        logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Redb", level);

        // What Orleans says in its name at its start tells people nothing.
        logging.AddFilter(typeof(DirectoryService).FullName, level < LogLevel.Warning ? LogLevel.Warning : level);

        // These two complain of settings that are as they are on purpose, or repeat what a failing call says.
        logging.AddFilter("Orleans", LogLevel.Error).AddFilter("Microsoft", LogLevel.Error);
    }

    public ValueTask DisposeAsync() => _lines.DisposeAsync();
}
