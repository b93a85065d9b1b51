using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Cli.Rendering;
using Redb.Cli.Tests.Fakes;
using Spectre.Console.Testing;

namespace Redb.Cli.Tests.Rendering;

public sealed class ServiceTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly GroupView Group = new()
    {
        Host = "alpha",
        Group = "default",
        Services =
        [
            Services.Ready("core") with
            {
                Pid = 4711,
                Port = 50055,
                StartedAt = Now.AddHours(-2).AddMinutes(-15),
            },
            Services.In("unifiedmodel", ServicePhase.BackingOff) with
            {
                Restarts = 2,
                Failures = 2,
                MaxFailures = 5,
                RestartDue = Now.AddSeconds(3),
                LastExit = new RunExit(1, null, Now),
                Port = 50053,
            },
            Services.In("clientapi", ServicePhase.Pending) with
            {
                Reason = "waits for core\nand mesh",
            },
            Services.In("mcpserver", ServicePhase.Disabled),
        ],
    };

    [Fact]
    public void At_80_columns_it_drops_from_the_right_what_the_reason_needs() =>
        Render(80)
            .Should()
            .Be(
                """
                SERVICE       STATE     READY  RESTARTS  UPTIME  REASON
                core          Ready     yes           0   2h15m
                unifiedmodel  Backoff   no            2       -  next try in 3s, 2/5; exit code…
                clientapi     Pending   no            0       -  waits for core and mesh
                mcpserver     Disabled  -             0       -

                """
            );

    [Fact]
    public void At_120_columns_everything_fits() =>
        Render(120)
            .Should()
            .Be(
                """
                SERVICE       STATE     READY  RESTARTS  UPTIME   PID   PORT  REASON
                core          Ready     yes           0   2h15m  4711  50055
                unifiedmodel  Backoff   no            2       -     -  50053  next try in 3s, 2/5; exit code 1
                clientapi     Pending   no            0       -     -      -  waits for core and mesh
                mcpserver     Disabled  -             0       -     -      -

                """
            );

    [Theory]
    [InlineData(10)]
    [InlineData(24)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(200)]
    public void A_row_is_one_line_however_narrow_the_terminal(int width) =>
        Render(width).Split('\n').Should().HaveCount(6);

    private static string Render(int width)
    {
        using var console = new TestConsole().Width(width);
        console.Write(ServiceTable.Create([Group], Now));
        return console.Output;
    }
}
