using Redb.Abstractions.Logs;
using Redb.Abstractions.Services;
using Redb.Cli.Clients;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Processes;

/// <summary>What only a process and a real gateway show.</summary>
public sealed class ToolProcessTests(SiloOnLoopback silo) : IClassFixture<SiloOnLoopback>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_finds_the_supervisor_and_prints_it()
    {
        silo.World.Add(new FakeGroup("alpha", "default", Services.Ready("core")));
        using var tool = new ToolProcess(silo.DataDirectory, "status");

        var output = await tool.Output.ReadToEndAsync(Token);

        (await tool.WaitAsync(Token)).Should().Be(0);
        output.Should().StartWith("default on alpha: Ready, 1 of 1 ready").And.NotContain("\e[");
        (await tool.Error).Should().BeEmpty();
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_a_follow_quietly()
    {
        var group = silo.World.Add(new FakeGroup("alpha", "default", Services.Ready("core")));
        group.Log(new LogLine("core", DateTimeOffset.UnixEpoch, "first"));
        using var tool = new ToolProcess(silo.DataDirectory, "logs", "core", "-f", "--no-prefix");

        (await tool.Output.ReadLineAsync(Token)).Should().Be("first");
        tool.Output.Dispose();
        group.Log(new LogLine("core", DateTimeOffset.UnixEpoch, "second"));

        (await tool.WaitAsync(Token)).Should().Be(0);
        (await tool.Error).Should().BeEmpty();
    }

    [Fact]
    public async Task Ctrl_C_ends_a_start_with_130_and_says_that_it_goes_on()
    {
        var group = silo.World.Add(new FakeGroup("alpha", "default", Services.Stopped("core")));
        group.OnRequest = (_, service) => service with { Phase = ServicePhase.Starting };
        using var tool = new ToolProcess(silo.DataDirectory, "start", "core");

        await tool.BringsAboutAsync(group.Watched, Token);
        tool.Interrupt();

        (await tool.WaitAsync(Token)).Should().Be(130);
        (await tool.Error).Should().Contain("the start of core goes on");
    }

    [Fact]
    public async Task A_closed_gateway_is_unavailable_at_once_with_the_reason()
    {
        var closed = silo.Address with { Gateway = "127.0.0.1:1" };

        var connect = () => new OrleansConnector(TimeProvider.System).ConnectAsync(closed, Token);

        var failure = (await connect.Should().ThrowAsync<CommandFailure>()).Which;
        failure.Code.Should().Be(ExitCode.Unavailable);
        failure.Cause.Should().Contain("127.0.0.1:1").And.Contain("refused");
    }
}
