using Redb.Abstractions.Instances;
using Redb.Cli.Clients;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Clients;

public sealed class AddressingTests
{
    private static readonly GroupView Blue = new()
    {
        Host = "alpha",
        Group = "blue",
        Services = [Services.Ready("core"), Services.Ready("clientapi"), Services.Ready("mesh")],
    };

    private static readonly GroupView Green = Blue with { Group = "green" };

    [Theory]
    [InlineData("core", "core")]
    [InlineData("blue/core", "core")]
    [InlineData("c*", "core,clientapi")]
    [InlineData("blue/*", "core,clientapi,mesh")]
    [InlineData("m?sh", "mesh")]
    public void A_name_means_services_of_the_group(string name, string services)
    {
        var targets = Addressing.Resolve([name], [Blue]);

        targets.Should().ContainSingle().Which.Services.Should().Equal(services.Split(','));
        targets[0].IsWhole.Should().BeFalse();
    }

    [Fact]
    public void The_groups_id_means_all_of_it()
    {
        var target = Addressing.Resolve(["blue"], [Blue]).Should().ContainSingle().Which;

        target.IsWhole.Should().BeTrue();
        target.Requested.Should().BeEmpty("the grain reads none as all, in its own order");
    }

    [Fact]
    public void A_service_wins_over_a_group_of_the_same_name() =>
        Addressing.Resolve(["core"], [Blue with { Group = "core" }])[0].IsWhole.Should().BeFalse();

    [Fact]
    public void A_name_in_several_groups_is_refused_and_a_glob_is_not()
    {
        var resolve = () => Addressing.Resolve(["core"], [Blue, Green]);

        resolve.Should().Throw<CommandFailure>().Which.Code.Should().Be(ExitCode.Usage);
        Addressing.Resolve(["cor?"], [Blue, Green]).Should().HaveCount(2);
        Addressing
            .Resolve(["green/core"], [Blue, Green])
            .Should()
            .ContainSingle()
            .Which.Group.Group.Should()
            .Be("green");
    }

    [Fact]
    public void A_host_and_a_service_are_enough_where_the_host_has_one_group_with_it()
    {
        var beta = Blue with { Host = "beta" };
        var resolve = () => Addressing.Resolve(["alpha/core"], [Blue, Green, beta]);

        Addressing.Resolve(["beta/core"], [Blue, Green, beta])[0].Group.Should().Be(new GroupKey("beta", "blue"));
        resolve.Should().Throw<CommandFailure>().Which.Cause.Should().Be("blue/core, green/core");
    }

    [Theory]
    [InlineData("croe", "did you mean core?")]
    [InlineData("client", "did you mean clientapi?")]
    [InlineData("bleu", "did you mean blue?")]
    [InlineData("blue/croe", "did you mean blue/core?")]
    [InlineData("alpha/croe", "did you mean alpha/core?")]
    [InlineData("alpah/blue", "did you mean alpha/blue?")]
    [InlineData("alpha/blue/croe", "did you mean alpha/blue/core?")]
    [InlineData("zzzzzz", "redbctl status")]
    public void An_unknown_name_suggests_a_near_one(string name, string next)
    {
        var resolve = () => Addressing.Resolve([name], [Blue]);

        var failure = resolve.Should().Throw<CommandFailure>().Which;
        failure.Code.Should().Be(ExitCode.NotFound);
        failure.Next.Should().Be(next);
    }
}
