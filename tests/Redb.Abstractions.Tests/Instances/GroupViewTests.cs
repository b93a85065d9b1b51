using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;

namespace Redb.Abstractions.Tests.Instances;

public sealed class GroupViewTests
{
    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(1, -1, false)]
    [InlineData(-1, -1, false)]
    public void A_group_has_begun_once_every_service_has_said_how_it_is(long first, long second, bool hasBegun) =>
        Of(Said(first), Said(second)).HasBegun.Should().Be(hasBegun);

    [Fact]
    public void A_disabled_service_need_not_say_anything() =>
        Of(Said(0), Said(-1) with { Phase = ServicePhase.Disabled }).HasBegun.Should().BeTrue();

    private static GroupView Of(params ReadOnlySpan<ServiceView> services) =>
        new()
        {
            Host = "here",
            Group = "default",
            Services = [.. services],
        };

    private static ServiceView Said(long revision) =>
        new()
        {
            Name = "core",
            Revision = revision,
            Phase = ServicePhase.Ready,
        };
}
