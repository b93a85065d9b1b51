using Redb.Abstractions.Instances;
using Redb.Cli.Rendering;
using Redb.Cli.Tests.Fakes;
using Spectre.Console.Testing;

namespace Redb.Cli.Tests.Rendering;

public sealed class GroupHeaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly GroupView Group = new()
    {
        Host = "alpha",
        Group = "default",
        Phase = GroupPhase.Degraded,
        Endpoint = "127.0.0.1:50000",
        Since = Now.AddSeconds(-21),
        Reason = "unifiedmodel BackingOff, transformation Stopped, clientapi Pending and 4 more",
        Services = [Services.Ready("core")],
    };

    [Fact]
    public void It_is_cut_to_the_width() =>
        Render(80).Should().Be("default on alpha: Degraded for 21s, 1 of 1 ready, 127.0.0.1:50000: unifiedmodel…\n");

    [Fact]
    public void Where_it_fits_it_is_whole() =>
        Render(200)
            .Should()
            .Be(
                "default on alpha: Degraded for 21s, 1 of 1 ready, 127.0.0.1:50000: unifiedmodel BackingOff, transformation Stopped, clientapi Pending and 4 more\n"
            );

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(24)]
    [InlineData(60)]
    public void It_is_one_line_however_narrow_the_terminal(int width)
    {
        var line = Render(width);

        line.Should().EndWith("…\n");
        line.Length.Should().BeLessThanOrEqualTo(width + 1);
    }

    private static string Render(int width)
    {
        using var console = new TestConsole().Width(width);
        console.Write(GroupHeader.Create(Group, Now));
        return console.Output;
    }
}
