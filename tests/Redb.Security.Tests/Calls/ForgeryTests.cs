using Microsoft.Extensions.Time.Testing;
using Redb.Abstractions.Security;
using Redb.Security.Calls;
using Redb.Security.Certificates;
using Redb.Security.Tests.Kit;

namespace Redb.Security.Tests.Calls;

/// <summary>Programs that are let in at the gateway with a genuine certificate, and lie.</summary>
public sealed class ForgeryTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private readonly Forger _forger = new();

    [Fact]
    public async Task A_call_without_a_token_is_refused()
    {
        await using var tool = await ConnectAsync(CallerRole.Admin);
        _forger.Token = (_, _) => null;

        await RefusedAsync(RefusalReason.NoToken, tool.Grain.ReadAsync);
    }

    [Fact]
    public async Task A_token_is_good_for_one_call()
    {
        await using var tool = await ConnectAsync(CallerRole.Admin);
        await tool.Grain.ReadAsync();
        var used = _forger.Last;
        _forger.Token = (_, _) => used;

        await RefusedAsync(RefusalReason.Replayed, tool.Grain.ReadAsync);
    }

    [Fact]
    public async Task A_token_for_one_method_does_not_open_another()
    {
        await using var tool = await ConnectAsync(CallerRole.Admin);
        var facts = new CallFacts(
            Authority.Cluster,
            Forger.IdOf(tool).ToString(),
            tool.Grain.GetGrainId().ToString(),
            ""
        );
        _forger.Token = (context, _) =>
            Forger.Sign(silos.FilesOf(CallerRole.Admin), facts with { Method = $"{context.InterfaceName}.ReadAsync" });

        (await tool.Grain.ReadAsync()).Should().StartWith("read");
        await RefusedAsync(RefusalReason.ForgedToken, tool.Grain.EndAsync);
        await RefusedAsync(RefusalReason.ForgedToken, tool.Grains.GetGrain<IGuardedGrain>("another").ReadAsync);
    }

    [Fact]
    public async Task A_token_for_another_cluster_is_refused()
    {
        await using var tool = await ConnectAsync(CallerRole.Admin);
        _forger.Token = (context, _) =>
            Forger.Sign(
                silos.FilesOf(CallerRole.Admin),
                new("elsewhere", Forger.IdOf(tool).ToString(), Callable.GrainOf(context), Callable.NameOf(context))
            );

        await RefusedAsync(RefusalReason.ForgedToken, tool.Grain.ReadAsync);
    }

    [Fact]
    public async Task A_token_that_was_changed_or_is_garbage_is_refused()
    {
        await using var tool = await ConnectAsync(CallerRole.Admin);

        for (var position = 0; position < 4; position++)
        {
            var share = position / 4.0;
            _forger.Token = (_, token) =>
            {
                token![(int)(token.Length * share) + (share > 0 ? 0 : 5)] ^= 1;
                return token;
            };
            await tool.Grain.Awaiting(grain => grain.ReadAsync()).Should().ThrowAsync<AccessRefusedException>();
        }

        _forger.Token = (_, _) => [1, 2, 3];
        await RefusedAsync(RefusalReason.ForgedToken, tool.Grain.ReadAsync);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_signs_nothing()
    {
        using var strange = new Authority();
        var files = strange.Tool("alice", CallerRole.Admin);
        await using var tool = await ConnectAsync(CallerRole.Viewer);
        _forger.Token = (context, _) =>
            Forger.Sign(
                files,
                new(
                    Authority.Cluster,
                    Forger.IdOf(tool).ToString(),
                    Callable.GrainOf(context),
                    Callable.NameOf(context)
                )
            );

        await RefusedAsync(RefusalReason.UnknownAuthority, tool.Grain.EndAsync);
    }

    [Fact]
    public async Task A_tool_whose_clock_differs_is_told_by_how_much()
    {
        await using var tool = await ConnectAsync(CallerRole.Admin);
        _forger.Token = (context, _) =>
        {
            var set = CredentialSet.Read(silos.FilesOf(CallerRole.Admin));
            using var key = set.SigningKey;
            var facts = new CallFacts(
                Authority.Cluster,
                Forger.IdOf(tool).ToString(),
                Callable.GrainOf(context),
                Callable.NameOf(context)
            );
            return CallToken
                .Sign(set.Own!, key, facts, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(10))
                .ToBytes();
        };

        (await RefusedAsync(RefusalReason.ClockDiffers, tool.Grain.ReadAsync))
            .Should()
            .MatchRegex("made 60[0-9] s ago");
    }

    [Fact]
    public async Task A_tool_cannot_seal()
    {
        await using var tool = await ConnectAsync(CallerRole.Admin);
        foreach (var seal in Seals())
        {
            (_forger.Seal, _forger.Token) = (seal, (_, _) => null);

            await RefusedAsync(RefusalReason.NoToken, tool.Grain.InsideAsync);
        }
    }

    [Theory]
    [InlineData("another tool's id")]
    [InlineData("another tool's id, signed for")]
    [InlineData("a grain's id")]
    [InlineData("the id of a silo's own client")]
    public async Task A_forged_sender_is_refused(string forgery)
    {
        await using var victim = await silos.ToolAsync(CallerRole.Admin);
        await using var tool = await ConnectAsync(CallerRole.Admin);
        await victim.Grain.ReadAsync();
        var sender = forgery switch
        {
            "a grain's id" => victim.Grain.GetGrainId(),
            "the id of a silo's own client" => GrainId.Create("sys.client", "hosted-127.0.0.1:1@1"),
            _ => Forger.IdOf(victim),
        };
        if (forgery != "another tool's id")
        {
            _forger.Token = (context, _) =>
                Forger.Sign(
                    // Of another certificate than the victim's: with the same one nothing would be forged.
                    silos.FilesOf(CallerRole.Operator),
                    new(Authority.Cluster, sender.ToString(), Callable.GrainOf(context), Callable.NameOf(context))
                );
        }

        var reason = forgery == "another tool's id" ? RefusalReason.ForgedToken : RefusalReason.ForgedSender;
        var before = silos.CountRefused(reason);
        Forger.Pretend(tool, sender);
        // The answer, if there is one, goes to whom the sender names.
        tool.Grain.StartAsync().Ignore();

        await TestKit.Until.TrueAsync(() => silos.CountRefused(reason) > before, $"the call is refused: {reason}");
    }

    [Fact]
    public async Task A_certificate_that_expires_while_its_tool_is_connected_is_refused()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var files = silos.Authority.Tool("brief", CallerRole.Admin, TimeSpan.FromDays(1));
        await using var silo = new SecuredSilo(
            "timeless",
            new SharedMembership(),
            SecuredSilo.Certificates(silos.Authority.Host("timeless"), time)
        );
        await silo.StartAsync(TestContext.Current.CancellationToken);
        await using var tool = await SecuredTool.ConnectAsync(silo.Gateway, files, time);
        await tool.Grain.ReadAsync();

        time.Advance(TimeSpan.FromDays(2));

        await RefusedAsync(RefusalReason.Expired, tool.Grain.ReadAsync);
    }

    [Fact]
    public async Task A_certificate_that_is_revoked_while_its_tool_is_connected_is_refused()
    {
        var files = silos.Authority.Tool("lost", CallerRole.Admin);
        await using var tool = await SecuredTool.ConnectAsync(silos.One.Gateway, files);
        await tool.Grain.ReadAsync();

        silos.Authority.Folder.Revoke(IdentityKind.Tool, "lost");

        await TestKit.Until.TrueAsync(
            async () =>
            {
                try
                {
                    await tool.Grain.ReadAsync();
                    return false;
                }
                catch (AccessRefusedException refusal)
                {
                    return refusal.Reason == RefusalReason.Revoked;
                }
            },
            "the certificate is refused"
        );
    }

    private IEnumerable<object> Seals()
    {
        yield return "garbage";
        yield return new byte[] { 1 };
        yield return new SiloSeal(
            Credentials.Open(silos.FilesOf(CallerRole.Admin), TimeProvider.System),
            Authority.Cluster,
            TimeProvider.System
        ).Own;
        using var strange = new Authority();
        yield return new SiloSeal(
            Credentials.Open(strange.Host("one"), TimeProvider.System),
            Authority.Cluster,
            TimeProvider.System
        ).Own;
    }

    private Task<SecuredTool> ConnectAsync(CallerRole role) =>
        _forger.ConnectAsync(silos.One.Gateway, silos.FilesOf(role), TimeProvider.System);

    private static async Task<string> RefusedAsync(RefusalReason reason, Func<Task> call)
    {
        var refusal = (await call.Should().ThrowAsync<AccessRefusedException>()).Which;
        refusal.Reason.Should().Be(reason, refusal.Message);
        return refusal.Message;
    }
}
