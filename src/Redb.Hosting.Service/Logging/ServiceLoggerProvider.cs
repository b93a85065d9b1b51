using Microsoft.Extensions.Logging;

namespace Redb.Hosting.Service.Logging;

/// <summary>Feeds whatever the process logs to the <see cref="LogRouter"/>.</summary>
internal sealed class ServiceLoggerProvider(LogRouter router) : ILoggerProvider
{
    private readonly ServiceLogger _logger = new(router);

    // A line does not show its category, so one logger serves all of them.
    public ILogger CreateLogger(string categoryName) => _logger;

    public void Dispose() { }
}
