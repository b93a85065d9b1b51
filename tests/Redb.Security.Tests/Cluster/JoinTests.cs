using Redb.Abstractions.Security;
using Redb.Security.Certificates;
using Redb.Security.Connections;
using Redb.Security.Tests.Kit;
using Redb.Silo.Security;

namespace Redb.Security.Tests.Cluster;

public sealed class JoinTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task A_silo_without_a_certificate_cannot_join() => await RefusedAsync("bare", null);

    [Fact]
    public async Task A_silo_of_another_authority_cannot_join()
    {
        using var strange = new Authority();

        await RefusedAsync("stranger", SecuredSilo.Certificates(strange.Host("stranger")));
    }

    [Fact]
    public async Task A_silo_with_a_tools_certificate_cannot_join() =>
        await RefusedAsync("toolish", SecuredSilo.Certificates(silos.Authority.Tool("toolish", CallerRole.Admin)));

    [Fact]
    public async Task A_silo_with_only_a_local_key_cannot_join() =>
        await RefusedAsync("keyed", silo => silo.UseLocalKey(LocalKey.Draw(), new(), TimeProvider.System));

    [Fact]
    public async Task A_tool_without_a_certificate_cannot_call()
    {
        await NotConnectedAsync(() => SecuredTool.ConnectAsync(silos.One.Gateway, configure: null));
        await NotConnectedAsync(() =>
            SecuredTool.ConnectAsync(silos.One.Gateway, new TlsFiles(silos.Authority.Folder.Bundle, null, null))
        );
    }

    [Fact]
    public async Task A_tool_of_another_authority_cannot_call()
    {
        using var strange = new Authority();
        var files = strange.Tool("alice", CallerRole.Admin) with { Authorities = silos.Authority.Folder.Bundle };

        await NotConnectedAsync(() => SecuredTool.ConnectAsync(silos.One.Gateway, files));
    }

    [Fact]
    public async Task The_tools_of_a_hosts_owner_may_use_the_hosts_certificate()
    {
        await using var tool = await SecuredTool.ConnectAsync(silos.One.Gateway, silos.Authority.Host("three"));

        (await tool.Grain.EndAsync()).Should().Be("ended");
    }

    [Fact]
    public async Task Silos_and_tools_with_the_local_key_work_together_and_others_do_not()
    {
        var (key, membership) = (LocalKey.Draw(), new SharedMembership());
        await using var one = new SecuredSilo(
            "one",
            membership,
            silo => silo.UseLocalKey(key, new(), TimeProvider.System)
        );
        await using var two = new SecuredSilo(
            "two",
            membership,
            silo => silo.UseLocalKey(key, new(), TimeProvider.System)
        );
        await one.StartAsync(TestContext.Current.CancellationToken);
        await two.StartAsync(TestContext.Current.CancellationToken);

        await using var tool = await SecuredTool.ConnectAsync(
            one.Gateway,
            client => client.UseLocalKey(key, new(), TimeProvider.System)
        );

        (await tool.Grain.EndAsync()).Should().Be("ended");
        (await tool.Grain.InsideAsync()).Should().StartWith("inside");
        await NotConnectedAsync(() => SecuredTool.ConnectAsync(one.Gateway, configure: null));
        await NotConnectedAsync(() =>
            SecuredTool.ConnectAsync(
                one.Gateway,
                client => client.UseLocalKey(LocalKey.Draw(), new(), TimeProvider.System)
            )
        );
    }

    private static async Task NotConnectedAsync(Func<Task> connect) =>
        await connect.Should().ThrowAsync<Exception>("nobody lets it in, and the attempt is bounded");

    private async Task RefusedAsync(string name, Action<ISiloBuilder>? guard)
    {
        await using var silo = new SecuredSilo(name, silos.Membership, guard);
        using var patience = new CancellationTokenSource(s_attempt, TimeProvider.System);

        await silo.Awaiting(it => it.StartAsync(patience.Token))
            .Should()
            .ThrowAsync<Exception>()
            .Where(
                end => end is OperationCanceledException || end is Orleans.Runtime.OrleansException,
                "its time is over, or the others have declared it dead"
            );

        silos.One.Active.Should().Equal("one", "two");
        silos.Two.Active.Should().Equal("one", "two");
    }
}
