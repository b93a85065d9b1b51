using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Instances;

public sealed class GuestsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Guests _guests = new(Limit);

    [Fact]
    public void A_guest_is_shown_as_not_configured_with_what_it_says_of_itself()
    {
        var id = Register("tool", "a").ServiceId;

        _guests.Hear(id, ServiceHealth.Degraded, null, At(1)).Should().Be((true, true));

        var view = _guests.Views(At(1)).Should().ContainSingle().Subject;
        view.Configured.Should().BeFalse();
        view.Phase.Should().Be(ServicePhase.Degraded);
        view.ServiceId.Should().Be(id);
    }

    [Fact]
    public void The_same_instance_keeps_its_id_and_another_one_replaces_it()
    {
        var first = Register("tool", "a").ServiceId;

        Register("tool", "a").ServiceId.Should().Be(first);
        Register("tool", "b").ServiceId.Should().NotBe(first);

        _guests.Hear(first, ServiceHealth.Healthy, null, At(1)).IsKnown.Should().BeFalse();
        _guests.Views(At(1)).Should().ContainSingle();
    }

    [Fact]
    public void Only_a_heartbeat_that_says_something_else_is_news()
    {
        var id = Register("tool", "a").ServiceId;

        _guests.Hear(id, ServiceHealth.Healthy, null, At(1)).IsNews.Should().BeTrue();
        _guests.Hear(id, ServiceHealth.Healthy, null, At(2)).IsNews.Should().BeFalse();
    }

    [Fact]
    public void A_silent_guest_is_forgotten_and_one_that_speaks_is_not()
    {
        var (silent, speaking) = (Register("silent", "a").ServiceId, Register("speaking", "a").ServiceId);
        _guests.Hear(speaking, ServiceHealth.Healthy, null, At(20));

        _guests.Views(At(31)).Select(view => view.Name).Should().Equal("speaking");

        _guests.Hear(silent, ServiceHealth.Healthy, null, At(31)).IsKnown.Should().BeFalse();
    }

    [Fact]
    public void A_guest_that_says_goodbye_is_gone()
    {
        var id = Register("tool", "a").ServiceId;

        _guests.Unregister(id).Should().Be("tool");

        _guests.Unregister(id).Should().BeNull();
        _guests.Views(At(0)).Should().BeEmpty();
    }

    [Fact]
    public void A_full_table_refuses_strangers_until_somebody_is_forgotten()
    {
        for (var i = 0; i < Guests.Capacity; i++)
        {
            Register($"tool{i}", "a").Success.Should().BeTrue();
        }

        var refused = Register("one-more", "a");

        refused.Success.Should().BeFalse();
        refused.Message.Should().StartWith("1000 programs");
        Register("tool0", "b").Success.Should().BeTrue();
        _guests.Register(Named("one-more", "a"), At(31)).Success.Should().BeTrue();
    }

    private RegistrationReply Register(string name, string instance) => _guests.Register(Named(name, instance), At(0));

    private static Registration Named(string name, string instance) => new() { Name = name, InstanceId = instance };

    private static Moment At(double seconds) =>
        new(DateTimeOffset.UnixEpoch.AddSeconds(seconds), TimeSpan.FromSeconds(seconds));
}
