using Redb.Keyring.MasterPasswords;
using Redb.Keyring.Names;
using Redb.Keyring.Rotation;
using Redb.Keyring.Tests.Kit;

namespace Redb.Keyring.Tests.Rotation;

public sealed class KeyringRotationTests : IDisposable
{
    private static readonly SecretName s_jwt = SecretName.TenantJwtSecret("t");

    private readonly SecretFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Begun, three files, the generated password, finished: for a named group with a configured path.
    public static TheoryData<int, bool> EveryStep { get; } =
    [
        .. from step in Enumerable.Range(1, 6)
        from generated in new[] { true, false }
        where generated || step < 6
        select (step, generated),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task Killed_after_any_step_it_is_finished_by_the_next_one_and_nothing_is_lost(
        int steps,
        bool isGenerated
    )
    {
        var old = isGenerated ? "" : "old";
        var before = await FillAsync(old);
        await RunAsync(before.CreateRotation(), isGenerated ? null : new("new"), steps);

        // The configured password may already be the new one, or still be the old one: both finish.
        foreach (var known in isGenerated ? [""] : new[] { "old", "new" })
        {
            var interrupted = await OpenAsync(known, isRotating: true);
            if (KeyringRotation.IsUnfinished(interrupted.Places.Paths.Own))
            {
                await RunAsync(interrupted.CreateRotation(), wanted: null);
            }
        }

        var after = await OpenAsync(isGenerated ? "" : "new");
        after.MasterPassword!.Value.Should().NotBe(before.MasterPassword!.Value);
        await HoldsEverythingAsync(after);
        await OpensNothingAsync(before.MasterPassword.Value.Reveal());
        _folder.Files.Should().NotContain(file => file.EndsWith(".rotation") || file.EndsWith(".tmp"));
    }

    [Fact]
    public async Task An_interrupted_rotation_of_a_generated_password_is_finished_by_whoever_opens_the_keyring()
    {
        var before = await FillAsync("");
        await RunAsync(before.CreateRotation(), wanted: null, steps: 2);

        var after = await OpenAsync("");

        after.Notices.Should().Contain(notice => notice.Contains("is finished now"));
        await HoldsEverythingAsync(after);
        await OpensNothingAsync(before.MasterPassword!.Value.Reveal());
    }

    [Fact]
    public async Task An_interrupted_rotation_of_a_configured_password_is_told_to_whoever_opens_the_keyring()
    {
        var before = await FillAsync("old");
        await RunAsync(before.CreateRotation(), new("new"), steps: 2);

        var refusal = await Keyrings.RefusalAsync(() => OpenAsync("old"));

        refusal.Fault.Should().Be(KeyringFault.RotationUnfinished);
        refusal.Next.Should().Contain("redbctl keyring rotate");
    }

    [Fact]
    public async Task Nobody_who_knows_neither_password_can_finish_a_rotation()
    {
        var before = await FillAsync("old");
        await RunAsync(before.CreateRotation(), new("new"), steps: 2);
        var stranger = await OpenAsync("stranger", isRotating: true);

        (await Keyrings.RefusalAsync(() => RunAsync(stranger.CreateRotation(), wanted: null)))
            .Fault.Should()
            .Be(KeyringFault.WrongPassword);
    }

    [Fact]
    public async Task With_a_wrong_password_nothing_is_begun()
    {
        await FillAsync("old");
        var stranger = await OpenAsync("stranger");

        (await Keyrings.RefusalAsync(() => RunAsync(stranger.CreateRotation(), new("new"))))
            .Fault.Should()
            .Be(KeyringFault.WrongPassword);
        _folder.Files.Should().NotContain(file => file.EndsWith(".rotation"));
        await HoldsEverythingAsync(await OpenAsync("old"));
    }

    [Fact]
    public async Task The_entries_of_other_groups_in_the_shared_file_stay_theirs()
    {
        var other = await OpenAsync("", group: "default", generates: true);
        await other.SetAsync(SecretName.TenantJwtSecret("other"), new("theirs"), Cancellation);
        var before = await FillAsync("");

        await RunAsync(before.CreateRotation(), wanted: null);

        (await other.GetAsync(SecretName.TenantJwtSecret("other"), Cancellation))!.Reveal().Should().Be("theirs");
        await HoldsEverythingAsync(await OpenAsync(""));
    }

    [Fact]
    public async Task A_keyring_of_the_password_that_everybody_knows_gets_one_of_its_own()
    {
        await Keyrings
            .Open(_folder.Of("keyring-g.json"), MasterPassword.WellKnown.Value.Reveal())
            .SetAsync(new("redb-database-g", "postgres-password"), "db");

        await RunAsync((await OpenAsync("")).CreateRotation(), wanted: null);

        var after = await OpenAsync("");
        after.MasterPassword!.Source.Should().Be(MasterPasswordSource.Generated);
        (await after.GetAsync(SecretName.DatabasePassword, Cancellation))!.Reveal().Should().Be("db");
    }

    [Fact]
    public async Task An_entry_of_neither_password_is_told_and_stays()
    {
        var before = await FillAsync("old");
        var foreign = new EntryName("redb-cli", "ann:access_token");
        await Keyrings
            .Open(_folder.Of("keyring-g.json"), "somebody's", new() { HoldsOthers = true })
            .SetAsync(foreign, "token");

        var steps = await RunAsync(before.CreateRotation(), new("new"));

        steps.OfType<RotationStep.Resealed>().SelectMany(step => step.Foreign).Should().Equal(foreign);
        (await Keyrings.Open(_folder.Of("keyring-g.json"), "somebody's").GetAsync(foreign)).Should().Be("token");
    }

    private static async Task<List<RotationStep>> RunAsync(
        KeyringRotation rotation,
        Secret? wanted,
        int steps = int.MaxValue
    )
    {
        var done = new List<RotationStep>();
        await foreach (var step in rotation.RunAsync(wanted, Cancellation))
        {
            done.Add(step);
            if (done.Count == steps)
            {
                break;
            }
        }

        return done;
    }

    private async Task<GroupKeyring> FillAsync(string configured)
    {
        var keyring = await OpenAsync(configured, generates: true);
        await keyring.SetAsync(SecretName.DatabasePassword, new("db"), Cancellation);
        await keyring.SetAsync(s_jwt, new("jwt"), Cancellation);
        return keyring;
    }

    private static async Task HoldsEverythingAsync(GroupKeyring keyring)
    {
        var password = keyring.MasterPassword!.Value.Reveal();
        foreach (var secret in new[] { SecretName.DatabasePassword, s_jwt })
        {
            foreach (var place in keyring.Places.Of(secret))
            {
                (await Keyrings.Open(place.File, password).GetAsync(place.Name))
                    .Should()
                    .Be(secret == s_jwt ? "jwt" : "db", $"{place} holds it");
            }
        }
    }

    private async Task OpensNothingAsync(string password)
    {
        foreach (var file in new[] { "keyring-g.json", "keyring.json-g", "keyring.json" })
        {
            var keyring = Keyrings.Open(_folder.Of(file), password, new() { HoldsOthers = true });
            var names = await keyring.ListAsync(Cancellation);
            names.Should().NotBeEmpty();
            foreach (var name in names)
            {
                (await keyring.GetAsync(name)).Should().BeNull();
            }
        }
    }

    private Task<GroupKeyring> OpenAsync(
        string configured,
        bool isRotating = false,
        bool generates = false,
        string group = "g"
    ) =>
        new KeyringOpener(_ => new FakeSystem("there is none"), TimeProvider.System).OpenAsync(
            new()
            {
                Configuration = new()
                {
                    Backend = "file",
                    Path = _folder.Keyring,
                    MasterKey = configured,
                },
                Group = group,
                Generates = generates,
                IsRotating = isRotating,
                Home = "",
                WorkingDirectory = "/",
            },
            Cancellation
        );
}
