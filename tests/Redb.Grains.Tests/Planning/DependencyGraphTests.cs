using Redb.Grains.Planning;
using static Redb.Grains.Tests.Instances.GroupScript;

namespace Redb.Grains.Tests.Planning;

public sealed class DependencyGraphTests
{
    [Fact]
    public void Dependencies_come_before_dependents_and_equals_in_alphabetical_order() =>
        new DependencyGraph([Node("b", On("z")), Node("c"), Node("a", On("z")), Node("z")])
            .Order.Should()
            .Equal("c", "z", "a", "b");

    [Fact]
    public void A_circle_is_refused()
    {
        var build = () => new DependencyGraph([Node("a", On("b")), Node("b", On("a")), Node("c")]);

        build.Should().Throw<ArgumentException>().WithMessage("*cycle*");
    }

    [Fact]
    public void A_graph_knows_who_needs_whom()
    {
        var graph = new DependencyGraph([Node("mesh"), Node("core", On("mesh")), Optional("hook")]);

        graph.Dependents["mesh"].Should().Equal("core");
        graph.Dependents["core"].Should().BeEmpty();
        graph.DependenciesOf("core").Should().Equal(On("mesh"));
        graph.IsRequired("mesh").Should().BeTrue();
        graph.IsRequired("hook").Should().BeFalse();
        graph.Contains("ghost").Should().BeFalse();
    }
}
