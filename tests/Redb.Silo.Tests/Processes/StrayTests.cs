using Redb.Abstractions.Configuration;
using Redb.Grains.Planning;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

public sealed class StrayTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_live_run_of_a_service_that_is_configured_no_more_is_a_stray()
    {
        await using var site = new LaunchSite();
        await using var elsewhere = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        await site.Earlier.LaunchAsync(order);
        await elsewhere.Earlier.LaunchAsync(order with { Service = Named(order, "foreign") });
        var disabled = await site.Earlier.LaunchAsync(order with { Service = Named(order, "disabled") });
        var removed = await site.Earlier.LaunchAsync(order with { Service = Named(order, "removed") });

        var strays = site.Strays.Find(Plan(order, ("service", true), ("disabled", false)));

        strays.Select(stray => stray.Process.Pid).Should().BeEquivalentTo([disabled.Pid, removed.Pid]);
        strays.Select(stray => stray.ToString()).Should().Contain($"group/removed run 1, pid {removed.Pid}");
    }

    [Fact]
    public async Task A_stray_is_stopped_with_its_signal()
    {
        await using var site = new LaunchSite();
        var order = site.Shell("trap 'echo got=term; exit' TERM; echo ready=; while :; do sleep 0.05; done");
        var identity = await site.Earlier.LaunchAsync(order);
        await site.SaysAsync("ready=");

        var stray = site.Strays.Find(Plan(order)).Single();

        (await site.Strays.StopAsync(stray, 15, Grace)).Should().BeTrue();
        (await site.SaysAsync("got=")).Should().Be("term");
        ProcessStatus.Read(identity.Pid).Should().Match(status => status == null || ((ProcessStatus)status).IsDead);
    }

    [Fact]
    public async Task A_stray_that_does_not_listen_is_killed()
    {
        await using var site = new LaunchSite();
        var order = site.Shell("trap '' TERM; echo ready=; while :; do sleep 0.05; done");
        var identity = await site.Earlier.LaunchAsync(order);
        await site.SaysAsync("ready=");
        var stray = site.Strays.Find(Plan(order)).Single();

        // Long enough for the kill, short enough for the test.
        (await site.Strays.StopAsync(stray, 15, TimeSpan.FromSeconds(1)))
            .Should()
            .BeTrue();
        (await site.Strays.StopAsync(stray, 15, Grace)).Should().BeTrue("it is gone");

        await Eventually.True(() => ProcessStatus.Read(identity.Pid) is null or { IsDead: true }, Cancellation);
    }

    private static Abstractions.Instances.ServiceKey Named(LaunchOrder order, string name) =>
        order.Service with
        {
            Service = name,
        };

    private static HostPlan Plan(LaunchOrder order, params (string Name, bool Enabled)[] services) =>
        new(
            order.Service.Host,
            [
                new()
                {
                    Key = order.Service.ToGroup(),
                    PortOffset = 0,
                    ListenAddress = "127.0.0.1",
                    ListenPort = 1,
                    ShutdownTimeout = Grace,
                    HeartbeatTimeout = Grace,
                    Services =
                    [
                        .. services.Select(service => new ServicePlan
                        {
                            Key = Named(order, service.Name),
                            Configuration = new ServiceConfiguration { Name = service.Name, Enabled = service.Enabled },
                            Order = order,
                        }),
                    ],
                },
            ]
        );
}
