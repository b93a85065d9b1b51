using System.Text.Json.Nodes;
using Redb.Keyring.Files;
using Redb.Keyring.Tests.Kit;
using Redb.TestKit;

namespace Redb.Keyring.Tests.Files;

public sealed class KeyringFileFaultTests : IDisposable
{
    private static readonly EntryName s_node = new("redb-node", "node-private-key");

    private readonly SecretFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"a:b\":5}")]
    [InlineData("{\"a:b\":{\"service\":\"a\",\"user\":\"b\"}}")]
    [InlineData("{\"a:b\":{\"service\":\"a\",\"user\":\"c\",\"data\":\"\"}}")]
    [InlineData("{\"a:b\":{\"service\":\"a\",\"user\":\"b\",\"data\":\"\"},\"a:b\":{}}")]
    [InlineData("\u0001\u0002\u0003")]
    public async Task A_damaged_file_is_told_and_never_overwritten(string text)
    {
        await File.WriteAllTextAsync(_folder.Keyring, text, Cancellation);
        File.SetUnixFileMode(_folder.Keyring, Permissions.File);
        var keyring = Keyrings.Open(_folder.Keyring, options: new() { TornReadPatience = TimeSpan.Zero });

        foreach (
            var action in new Func<Task>[]
            {
                () => keyring.GetAsync(Keyrings.Database),
                () => keyring.SetAsync(Keyrings.Database, "one"),
                () => keyring.DeleteAsync([Keyrings.Database], Cancellation),
                () => keyring.ListAsync(Cancellation),
                () => keyring.RewrapAsync(new("next"), _ => true, held: null, Cancellation),
            }
        )
        {
            (await Keyrings.RefusalAsync(action)).Fault.Should().Be(KeyringFault.Damaged);
        }

        (await File.ReadAllTextAsync(_folder.Keyring, Cancellation)).Should().Be(text);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_that_others_may_get_at_is_refused(UnixFileMode more)
    {
        var keyring = Keyrings.Open(_folder.Keyring);
        await keyring.SetAsync(Keyrings.Database, "one");
        File.SetUnixFileMode(_folder.Keyring, Permissions.File | more);

        var reading = await Keyrings.RefusalAsync(() => keyring.GetAsync(Keyrings.Database));
        var writing = await Keyrings.RefusalAsync(() => keyring.SetAsync(Keyrings.Database, "two"));

        reading.Fault.Should().Be(KeyringFault.TooOpen);
        reading.Next.Should().Contain($"chmod 600 {_folder.Keyring}");
        writing.Fault.Should().Be(KeyringFault.TooOpen);
        File.SetUnixFileMode(_folder.Keyring, Permissions.File);
        (await keyring.GetAsync(Keyrings.Database)).Should().Be("one");
    }

    [Theory]
    [InlineData(true, UnixFileMode.OtherExecute, true)]
    [InlineData(true, UnixFileMode.GroupRead, true)]
    [InlineData(true, UnixFileMode.None, false)]
    [InlineData(false, UnixFileMode.OtherRead | UnixFileMode.OtherExecute, false)]
    [InlineData(false, UnixFileMode.OtherWrite, true)]
    [InlineData(false, UnixFileMode.OtherWrite | UnixFileMode.StickyBit, false)]
    public async Task A_folder_is_refused_when_it_is_reDBs_and_open_or_when_others_may_write_there(
        bool isOwn,
        UnixFileMode more,
        bool isRefused
    )
    {
        File.SetUnixFileMode(_folder.Path, Permissions.Folder | more);
        var keyring = Keyrings.Open(_folder.Keyring, options: new() { IsFolderOwn = isOwn });

        var writing = () => keyring.SetAsync(Keyrings.Database, "one");

        if (isRefused)
        {
            (await Keyrings.RefusalAsync(writing)).Fault.Should().Be(KeyringFault.TooOpen);
            (await Keyrings.RefusalAsync(() => keyring.GetAsync(Keyrings.Database)))
                .Fault.Should()
                .Be(KeyringFault.TooOpen);
            _folder.Files.Should().BeEmpty();
        }
        else
        {
            await writing.Should().NotThrowAsync();
        }
    }

    [Fact]
    public async Task A_wrong_password_is_told_from_damage_by_the_other_entries()
    {
        var keyring = Keyrings.Open(_folder.Keyring);
        await keyring.SetAsync(Keyrings.Database, "one");
        await keyring.SetAsync(s_node, "two");

        var wrong = await Keyrings.RefusalAsync(() =>
            Keyrings.Open(_folder.Keyring, "other").GetAsync(Keyrings.Database)
        );
        var root = JsonNode.Parse(await File.ReadAllTextAsync(_folder.Keyring, Cancellation))!;
        var data = Convert.FromBase64String(root[s_node.ToString()]!["data"]!.GetValue<string>());
        data[15] ^= 1;
        root[s_node.ToString()]!["data"] = Convert.ToBase64String(data);
        await File.WriteAllTextAsync(_folder.Keyring, root.ToJsonString(), Cancellation);
        var damaged = await Keyrings.RefusalAsync(() => keyring.GetAsync(s_node));

        wrong.Fault.Should().Be(KeyringFault.WrongPassword);
        wrong.Cause.Should().Contain("none of the 2 entries");
        damaged.Fault.Should().Be(KeyringFault.Damaged);
        damaged.Next.Should().Contain("redbctl keyring set redb-node node-private-key");
        (await keyring.GetAsync(Keyrings.Database)).Should().Be("one");
    }

    [Fact]
    public async Task Nothing_is_written_among_entries_of_another_password()
    {
        await Keyrings.Open(_folder.Keyring).SetAsync(Keyrings.Database, "one");
        var before = await File.ReadAllTextAsync(_folder.Keyring, Cancellation);
        var stranger = Keyrings.Open(_folder.Keyring, "other");

        var refusal = await Keyrings.RefusalAsync(() => stranger.SetAsync(s_node, "two"));

        refusal.Fault.Should().Be(KeyringFault.WrongPassword);
        (await File.ReadAllTextAsync(_folder.Keyring, Cancellation)).Should().Be(before);
    }

    [Fact]
    public async Task In_a_file_that_groups_share_each_has_its_own_entries()
    {
        var shared = new KeyringFileOptions { HoldsOthers = true };
        var one = Keyrings.Open(_folder.Keyring, "one", shared);
        var two = Keyrings.Open(_folder.Keyring, "two", shared);
        await one.SetAsync(new("redb-security", "a"), "1");
        await two.SetAsync(new("redb-security", "b"), "2");

        (await one.GetAsync(new("redb-security", "a"))).Should().Be("1");
        (await two.GetAsync(new("redb-security", "b"))).Should().Be("2");
        (await two.GetAsync(new("redb-security", "a"))).Should().BeNull();
    }

    [Fact]
    public async Task Without_a_master_password_names_are_listed_and_secrets_stay_closed()
    {
        await Keyrings.Open(_folder.Keyring).SetAsync(Keyrings.Database, "one");
        var closed = Keyrings.Open(_folder.Keyring, password: null);

        (await closed.ListAsync(Cancellation)).Should().Equal(Keyrings.Database);
        (await closed.GetAsync(s_node)).Should().BeNull();
        (await Keyrings.RefusalAsync(() => closed.GetAsync(Keyrings.Database)))
            .Fault.Should()
            .Be(KeyringFault.NoPassword);
        (await Keyrings.RefusalAsync(() => closed.SetAsync(s_node, "two"))).Fault.Should().Be(KeyringFault.NoPassword);
    }

    [Fact]
    public async Task A_lock_that_is_held_for_ever_ends_the_wait_and_names_its_holder()
    {
        var keyring = Keyrings.Open(_folder.Keyring, options: new() { LockTimeout = TimeSpan.FromMilliseconds(50) });
        await keyring.SetAsync(Keyrings.Database, "one");
        await using var holder = new FileStream(
            _folder.Keyring + ".lock",
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.None
        );

        var refusal = await Keyrings.RefusalAsync(() => keyring.SetAsync(Keyrings.Database, "two"));

        refusal.Fault.Should().Be(KeyringFault.Busy);
        refusal.Cause.Should().Contain($"process {Environment.ProcessId} (").And.Contain("0.05 s");
        (await keyring.GetAsync(Keyrings.Database)).Should().Be("one", "readers wait for nobody");
    }

    [Fact]
    public async Task A_file_too_large_to_be_a_keyring_is_not_read()
    {
        await using (var file = new FileStream(_folder.Keyring, FileMode.CreateNew))
        {
            file.SetLength(17 * 1024 * 1024);
        }

        File.SetUnixFileMode(_folder.Keyring, Permissions.File);

        (await Keyrings.RefusalAsync(() => Keyrings.Open(_folder.Keyring).GetAsync(Keyrings.Database)))
            .Fault.Should()
            .Be(KeyringFault.Damaged);
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_lost_and_once_there_is_room_it_goes_on()
    {
        Assert.SkipUnless(MountedFolder.IsAllowed, "only root mounts a disk");
        using var disk = MountedFolder.InMemory(_folder.Of("disk"), megabytes: 1);
        var keyring = Keyrings.Open(Path.Combine(disk.Path, "keyring.json"));
        await keyring.SetAsync(Keyrings.Database, "one");
        disk.Fill();

        var refusal = await Keyrings.RefusalAsync(() => keyring.SetAsync(s_node, new string('x', 10_000)));

        refusal.Fault.Should().Be(KeyringFault.Refused);
        refusal.Next.Should().Contain($"df {disk.Path}");
        (await keyring.GetAsync(Keyrings.Database)).Should().Be("one");
        disk.Free();
        await keyring.SetAsync(s_node, "two");
        (await keyring.GetAsync(s_node)).Should().Be("two");
        Directory.EnumerateFiles(disk.Path, "*.tmp").Should().BeEmpty();
    }

    [Fact]
    public void Nothing_that_is_printed_shows_a_secret()
    {
        var entry = new KeyringEntry(Keyrings.Database, new("canary"));

        $"{entry} {entry.Secret}".Should().NotContain("canary").And.Contain("********");
    }
}
