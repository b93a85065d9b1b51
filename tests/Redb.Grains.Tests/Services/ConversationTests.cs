using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Services;
using Redb.Grains.Mesh;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Services;

public sealed class ConversationTests
{
    private static readonly ImmutableDictionary<string, string> Timeout = Pairs("services.core.timeout", "30");

    private readonly Conversation _core = new(Plan(), new PeerSettings());

    [Fact]
    public void A_service_is_given_an_id_and_its_configuration()
    {
        var reply = Register("a");

        reply.Success.Should().BeTrue();
        _core.Knows(reply.ServiceId).Should().BeTrue();
        reply.Initial!.Config.Should().Contain("services.core.timeout", "30");
    }

    [Fact]
    public void The_same_instance_keeps_its_id_and_another_one_replaces_it()
    {
        var first = Register("a").ServiceId;
        Register("a").ServiceId.Should().Be(first);

        Register("b").ServiceId.Should().NotBe(first);

        _core.Knows(first).Should().BeFalse();
        _core.LastHeartbeat.Should().BeNull();
    }

    [Fact]
    public void What_was_overridden_before_is_part_of_the_initial_configuration()
    {
        _core.Override(Pairs("services.core.timeout", "60"));

        var reply = Register("a");

        reply.Initial!.Config["services.core.timeout"].Should().Be("60");
        Hear().Should().Be(HeartbeatReply.NothingNew);
    }

    [Fact]
    public void Overrides_are_remembered_up_to_a_number()
    {
        for (var i = 0; i < Conversation.MaxOverrides; i++)
        {
            _core.Override(Pairs($"key{i}", "1")).Should().BeTrue();
        }

        _core.Override(Pairs("one.more", "1")).Should().BeFalse();
        _core.Override(Pairs("key0", "2")).Should().BeTrue();

        Register("a").Initial!.Config.Should().Contain("key0", "2").And.NotContainKey("one.more");
    }

    [Fact]
    public void What_is_overridden_meanwhile_comes_with_the_next_heartbeat_once()
    {
        Register("a");
        _core.Override(Pairs("x", "1"));
        _core.Override(Pairs("y", "2"));

        var reply = Hear();

        reply.ConfigUpdate.Should().HaveCount(2);
        reply.Commands.Should().Equal(1);
        Hear().Should().Be(HeartbeatReply.NothingNew);
    }

    [Fact]
    public void After_the_end_the_id_is_worth_nothing()
    {
        var id = Register("a").ServiceId;
        _core.Hear(ServiceHealth.Healthy, null, DateTimeOffset.UnixEpoch);

        _core.End();

        _core.Knows(id).Should().BeFalse();
        _core.Knows("").Should().BeFalse();
        _core.Health.Should().Be(ServiceHealth.Unknown);
        _core.Registration.Should().BeNull();
    }

    private RegistrationReply Register(string instance) =>
        _core.Register(new() { Name = "core", InstanceId = instance });

    private HeartbeatReply Hear() => _core.Hear(ServiceHealth.Healthy, null, DateTimeOffset.UnixEpoch);

    private static ImmutableDictionary<string, string> Pairs(string key, string value) =>
        ImmutableDictionary<string, string>.Empty.Add(key, value);

    private static ServicePlan Plan() =>
        new GroupPlanner("here", "/srv")
            .Plan(new RedbConfiguration { Services = [new() { Name = "core", Config = Timeout }] })
            .Services[0];
}
