using Microsoft.Extensions.DependencyInjection;
using Redb.Grains.Logs;
using Redb.Grains.Probes;
using Redb.Grains.Services;
using Redb.Silo.Controllers;
using Redb.Silo.Logs;
using Redb.Silo.Probes;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Every_port_is_there_once_and_ends_with_its_container()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddRedbProcesses()
            .AddRedbLogs()
            .AddRedbProbes()
            .AddRedbControllers()
            .BuildServiceProvider(validateScopes: true);

        services.GetServices<IProcessLauncher>().Should().ContainSingle();
        services.GetServices<ILogFiles>().Should().ContainSingle();
        services.GetServices<IProber>().Should().ContainSingle();
        services.GetServices<IServiceController>().Should().ContainSingle();
        services.GetServices<LogWriter>().Should().ContainSingle();
        services.GetServices<LogRotation>().Should().ContainSingle();
        await services.DisposeAsync();
    }
}
