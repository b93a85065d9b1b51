using Redb.Keyring.Files;
using Redb.Keyring.MasterPasswords;
using Redb.Keyring.Names;
using Redb.Keyring.Tests.Kit;

namespace Redb.Keyring.Tests;

public sealed class KeyringOpenerTests : IDisposable
{
    private readonly SecretFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_configured_password_comes_before_the_generated_one()
    {
        await OpenAsync(File with { Generates = true });

        var keyring = await OpenAsync(File with { Configuration = File.Configuration with { MasterKey = "mine" } });

        keyring.MasterPassword!.Source.Should().Be(MasterPasswordSource.Configured);
        keyring.MasterPassword.Value.Reveal().Should().Be("mine");
    }

    [Fact]
    public async Task Without_a_password_one_is_generated_once_beside_the_keyring()
    {
        var first = await OpenAsync(File with { Generates = true });
        await first.SetAsync(SecretName.DatabasePassword, new("one"), Cancellation);

        var second = await OpenAsync(File);

        second.MasterPassword!.Source.Should().Be(MasterPasswordSource.Generated);
        second.MasterPassword.Value.Reveal().Should().HaveLength(43);
        (await second.GetAsync(SecretName.DatabasePassword, Cancellation))!.Reveal().Should().Be("one");
        System.IO.File.GetUnixFileMode(_folder.Keyring + ".key").Should().Be(Permissions.File);
        first.Notices.Should().ContainSingle().Which.Should().Contain(_folder.Keyring + ".key");
        second.Notices.Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_is_generated_by_those_who_only_read()
    {
        var keyring = await OpenAsync(File);

        keyring.MasterPassword.Should().BeNull();
        (await keyring.GetAsync(SecretName.DatabasePassword, Cancellation)).Should().BeNull();
        _folder.Files.Should().BeEmpty();
    }

    [Fact]
    public async Task No_password_is_generated_for_a_keyring_that_exists()
    {
        await Keyrings.Open(_folder.Keyring, "somebody's").SetAsync(Keyrings.Database, "one");

        var keyring = await OpenAsync(File with { Generates = true });
        var refusal = await Keyrings.RefusalAsync(() =>
            keyring.SetAsync(SecretName.DatabasePassword, new("two"), Cancellation)
        );

        refusal.Fault.Should().Be(KeyringFault.NoPassword);
        _folder.Files.Should().NotContain("keyring.json.key");
    }

    [Fact]
    public async Task The_password_that_everybody_knows_is_for_development_only()
    {
        await Keyrings
            .Open(_folder.Keyring, MasterPassword.WellKnown.Value.Reveal())
            .SetAsync(Keyrings.Database, "one");

        var earnest = await OpenAsync(File);
        var development = await OpenAsync(File with { IsDev = true });

        (await Keyrings.RefusalAsync(() => earnest.GetAsync(SecretName.DatabasePassword, Cancellation)))
            .Fault.Should()
            .Be(KeyringFault.NoPassword);
        (await development.GetAsync(SecretName.DatabasePassword, Cancellation))!.Reveal().Should().Be("one");
        development.Notices.Should().ContainSingle().Which.Should().Contain("everybody knows");
    }

    [Fact]
    public async Task A_password_file_that_others_may_read_is_refused()
    {
        await OpenAsync(File with { Generates = true });
        System.IO.File.SetUnixFileMode(_folder.Keyring + ".key", Permissions.File | UnixFileMode.GroupRead);

        (await Keyrings.RefusalAsync(() => OpenAsync(File))).Fault.Should().Be(KeyringFault.TooOpen);
    }

    [Fact]
    public async Task Auto_takes_the_systems_keyring_where_it_answers_and_says_so()
    {
        var keyring = await OpenAsync(Auto, new FakeSystem());

        keyring.Backend.Should().Be(KeyringBackend.System);
        keyring.MasterPassword.Should().BeNull();
        keyring.Notices.Should().ContainSingle().Which.Should().Contain("the fake keyring answers");
    }

    [Fact]
    public async Task Auto_falls_back_to_the_file_and_says_why()
    {
        var keyring = await OpenAsync(Auto, new FakeSystem("no session bus answers"));

        keyring.Backend.Should().Be(KeyringBackend.File);
        keyring
            .Notices.Should()
            .ContainSingle()
            .Which.Should()
            .Be($"keyring.backend auto: {_folder.Keyring} is used, because no session bus answers");
    }

    [Fact]
    public async Task A_named_group_writes_every_spelling_into_every_file_its_programs_read()
    {
        var keyring = await OpenAsync(File with { Group = "g", Generates = true });
        await keyring.SetAsync(SecretName.DatabasePassword, new("db"), Cancellation);
        await keyring.SetAsync(SecretName.TenantJwtSecret("t"), new("jwt"), Cancellation);
        var password = keyring.MasterPassword!.Value.Reveal();

        foreach (var file in new[] { "keyring-g.json", "keyring.json-g" })
        {
            var there = Keyrings.Open(_folder.Of(file), password);
            (await there.GetAsync(new("redb-g-database", "postgres-password"))).Should().Be("db");
            (await there.GetAsync(new("redb-database-g", "postgres-password"))).Should().Be("db");
        }

        (await Keyrings.Open(_folder.Keyring, password).GetAsync(new("redb-security", "tenant-jwt-secret-t")))
            .Should()
            .Be("jwt");
        _folder.Files.Should().Contain("keyring-g.json.key");
    }

    [Fact]
    public async Task Two_groups_share_a_file_for_what_knows_no_group_and_nothing_else()
    {
        var one = await OpenAsync(File with { Generates = true });
        var two = await OpenAsync(File with { Group = "two", Generates = true });
        await one.SetAsync(SecretName.DatabasePassword, new("1"), Cancellation);
        await two.SetAsync(SecretName.DatabasePassword, new("2"), Cancellation);
        await one.SetAsync(SecretName.TenantJwtSecret("t1"), new("j1"), Cancellation);
        await two.SetAsync(SecretName.TenantJwtSecret("t2"), new("j2"), Cancellation);

        (await one.GetAsync(SecretName.DatabasePassword, Cancellation))!.Reveal().Should().Be("1");
        (await two.GetAsync(SecretName.DatabasePassword, Cancellation))!.Reveal().Should().Be("2");
        (await one.GetAsync(SecretName.TenantJwtSecret("t1"), Cancellation))!.Reveal().Should().Be("j1");
        (await two.GetAsync(SecretName.TenantJwtSecret("t2"), Cancellation))!.Reveal().Should().Be("j2");
    }

    [Fact]
    public async Task What_is_there_is_kept_and_what_an_interrupted_writer_left_out_is_made_up_for()
    {
        var keyring = await OpenAsync(File with { Group = "g", Generates = true });
        var password = keyring.MasterPassword!.Value.Reveal();
        await Keyrings
            .Open(_folder.Of("keyring.json-g"), password)
            .SetAsync(new("redb-g-database", "postgres-password"), "of the initializer");

        var kept = await keyring.EnsureAsync(SecretName.DatabasePassword, () => new("new"), Cancellation);

        kept.Reveal().Should().Be("of the initializer");
        (
            await Keyrings
                .Open(_folder.Of("keyring-g.json"), password)
                .GetAsync(new("redb-database-g", "postgres-password"))
        )
            .Should()
            .Be("of the initializer");
        (await keyring.EnsureAsync(SecretName.NodePrivateKey, () => new("fresh"), Cancellation))
            .Reveal()
            .Should()
            .Be("fresh");
    }

    [Fact]
    public async Task A_secret_that_services_replaced_where_they_look_for_it_is_the_one_that_holds()
    {
        var keyring = await OpenAsync(File with { Group = "g", Generates = true });
        await keyring.SetAsync(SecretName.TenantJwtSecret("t"), new("old"), Cancellation);
        await Keyrings
            .Open(_folder.Keyring, keyring.MasterPassword!.Value.Reveal())
            .SetAsync(new("redb-security", "tenant-jwt-secret-t"), "of the service");

        (await keyring.EnsureAsync(SecretName.TenantJwtSecret("t"), () => new("new"), Cancellation))
            .Reveal()
            .Should()
            .Be("of the service");
    }

    [Fact]
    public async Task What_is_deleted_is_gone_from_all_places()
    {
        var keyring = await OpenAsync(File with { Group = "g", Generates = true });
        await keyring.SetAsync(SecretName.DatabasePassword, new("db"), Cancellation);

        (await keyring.DeleteAsync(SecretName.DatabasePassword, Cancellation)).Should().BeTrue();

        (await keyring.GetAsync(SecretName.DatabasePassword, Cancellation)).Should().BeNull();
        (await keyring.DeleteAsync(SecretName.DatabasePassword, Cancellation)).Should().BeFalse();
    }

    private static KeyringRequest With(string backend, string path) =>
        new()
        {
            Configuration = new() { Backend = backend, Path = path },
            Home = "/home/ann",
            WorkingDirectory = "/",
        };

    private KeyringRequest File => With("file", _folder.Keyring);

    private KeyringRequest Auto => With("auto", _folder.Keyring);

    private static Task<GroupKeyring> OpenAsync(KeyringRequest request, ISystemKeyring? system = null) =>
        new KeyringOpener(_ => system ?? new FakeSystem("there is none"), TimeProvider.System).OpenAsync(
            request,
            Cancellation
        );
}
