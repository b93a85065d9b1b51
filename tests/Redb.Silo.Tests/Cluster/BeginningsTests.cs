using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

public sealed class BeginningsTests
{
    [Fact]
    public void What_has_a_process_that_has_not_started_is_at_its_beginning()
    {
        var look = Beginnings.Of(
            View(
                Service("core", ServicePhase.Starting),
                Service("mesh", ServicePhase.Running),
                Service("anchor", ServicePhase.Ready),
                Service("unifiedmodel", ServicePhase.CrashLoop)
            )
        );

        look.Starting.Should().Equal("main/core");
        look.MayFollow.Should().BeFalse();
    }

    [Fact]
    public void So_is_what_has_not_said_yet_how_it_is()
    {
        var look = Beginnings.Of(
            View(
                Service("core", ServicePhase.Ready, revision: -1),
                Service("mesh", ServicePhase.Disabled, revision: -1)
            )
        );

        look.Starting.Should().Equal("main/core");
    }

    [Theory]
    [InlineData(ServicePhase.Pending)]
    [InlineData(ServicePhase.BackingOff)]
    public void What_waits_for_its_turn_may_follow(ServicePhase phase)
    {
        var look = Beginnings.Of(View(Service("core", phase)));

        look.Starting.Should().BeEmpty();
        look.MayFollow.Should().BeTrue();
    }

    [Fact]
    public void Every_group_of_the_host_counts()
    {
        var look = Beginnings.Together([new(["one/core"], MayFollow: false), new(["two/core"], MayFollow: true)]);

        look.Starting.Should().Equal("one/core", "two/core");
        look.MayFollow.Should().BeTrue();
    }

    private static GroupView View(params ServiceView[] services) =>
        new()
        {
            Host = "north",
            Group = "main",
            Services = [.. services],
        };

    private static ServiceView Service(string name, ServicePhase phase, long revision = 0) =>
        new()
        {
            Name = name,
            Phase = phase,
            Revision = revision,
        };
}
