using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Redb.Keyring.Tests.Kit;

namespace Redb.Keyring.Tests.Files;

public sealed class KeyringFileTests : IDisposable
{
    private static readonly EntryName s_node = new("redb-node", "node-private-key");

    private readonly SecretFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_set_is_found_by_whoever_opens_the_file_next()
    {
        await Keyrings.Open(_folder.Keyring).SetAsync(Keyrings.Database, "geheim €");
        await Keyrings.Open(_folder.Keyring).SetAsync(s_node, "");

        var keyring = Keyrings.Open(_folder.Keyring);
        (await keyring.GetAsync(Keyrings.Database)).Should().Be("geheim €");
        (await keyring.GetAsync(s_node)).Should().Be("");
        (await keyring.GetAsync(new("redb-node", "other"))).Should().BeNull();
        (await keyring.ListAsync(Cancellation)).Should().Equal(Keyrings.Database, s_node);
    }

    // Written from the contract alone, section 5.2, without a line of the library.
    [Fact]
    public async Task The_file_is_exactly_what_services_expect()
    {
        await Keyrings.Open(_folder.Keyring).SetAsync(Keyrings.Database, "secret");

        var text = await File.ReadAllTextAsync(_folder.Keyring, Cancellation);
        text.Should().NotContainAny("\n", " ", "secret");
        var entry = JsonNode.Parse(text)!["redb-database:postgres-password"]!.AsObject();
        entry.Select(part => part.Key).Should().Equal("service", "user", "data");
        entry["service"]!.GetValue<string>().Should().Be("redb-database");
        entry["user"]!.GetValue<string>().Should().Be("postgres-password");
        var data = Convert.FromBase64String(entry["data"]!.GetValue<string>());
        data.Should().HaveCount(12 + "secret".Length + 16);
        using var cipher = new AesGcm(SHA256.HashData("master"u8), 16);
        var plain = new byte[data.Length - 28];
        cipher.Decrypt(data.AsSpan(0, 12), data.AsSpan(12, plain.Length), data.AsSpan(^16..), plain);
        Encoding.UTF8.GetString(plain).Should().Be("secret");
    }

    [Fact]
    public async Task File_and_folder_are_open_to_nobody_else_whatever_the_umask_says()
    {
        var path = System.IO.Path.Combine(_folder.Path, "a", "b", "keyring.json");

        await Keyrings.Open(path).SetAsync(Keyrings.Database, "secret");

        File.GetUnixFileMode(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (var folder in new[] { "a", "a/b" })
        {
            File.GetUnixFileMode(_folder.Of(folder))
                .Should()
                .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task The_same_secret_is_not_written_twice_and_no_nonce_is_used_twice()
    {
        var keyring = Keyrings.Open(_folder.Keyring);
        await keyring.SetAsync(Keyrings.Database, "one");
        var first = await File.ReadAllTextAsync(_folder.Keyring, Cancellation);

        await keyring.SetAsync(Keyrings.Database, "one");
        (await File.ReadAllTextAsync(_folder.Keyring, Cancellation)).Should().Be(first);
        await keyring.SetAsync(Keyrings.Database, "two");
        await keyring.SetAsync(Keyrings.Database, "one");
        (await File.ReadAllTextAsync(_folder.Keyring, Cancellation)).Should().NotBe(first);
    }

    [Fact]
    public async Task Deleted_entries_are_gone_and_counted()
    {
        var keyring = Keyrings.Open(_folder.Keyring);
        await keyring.SetAsync(Keyrings.Database, "one");
        await keyring.SetAsync(s_node, "two");

        (await keyring.DeleteAsync([Keyrings.Database, new("a", "b")], Cancellation)).Should().Be(1);

        (await keyring.ListAsync(Cancellation)).Should().Equal(s_node);
        (await Keyrings.Open(_folder.Of("other.json")).DeleteAsync([s_node], Cancellation)).Should().Be(0);
        _folder.Files.Should().NotContain("other.json");
    }

    [Fact]
    public async Task What_it_does_not_know_in_the_file_stays_as_it_was()
    {
        var keyring = Keyrings.Open(_folder.Keyring);
        await keyring.SetAsync(Keyrings.Database, "one");
        var root = JsonNode.Parse(await File.ReadAllTextAsync(_folder.Keyring, Cancellation))!;
        root["redb-database:postgres-password"]!["label"] = "from a later version";
        await File.WriteAllTextAsync(_folder.Keyring, root.ToJsonString(), Cancellation);

        await keyring.SetAsync(s_node, "two");

        (await File.ReadAllTextAsync(_folder.Keyring, Cancellation)).Should().Contain("from a later version");
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        Directory.CreateDirectory(_folder.Of("real"));
        File.CreateSymbolicLink(_folder.Keyring, _folder.Of("real/keyring.json"));

        await Keyrings.Open(_folder.Keyring).SetAsync(Keyrings.Database, "one");

        File.ResolveLinkTarget(_folder.Keyring, true)!.FullName.Should().Be(_folder.Of("real/keyring.json"));
        (await Keyrings.Open(_folder.Of("real/keyring.json")).GetAsync(Keyrings.Database)).Should().Be("one");
    }

    [Fact]
    public async Task What_a_killed_writer_left_is_cleaned_up_by_the_next_one()
    {
        await File.WriteAllTextAsync(_folder.Keyring + ".tmp", "{\"redb-dat", Cancellation);

        await Keyrings.Open(_folder.Keyring).SetAsync(Keyrings.Database, "one");

        _folder.Files.Should().Equal("keyring.json", "keyring.json.lock");
    }

    [Fact]
    public async Task A_file_that_services_are_just_writing_in_place_is_read_once_it_is_whole()
    {
        var keyring = Keyrings.Open(_folder.Keyring, options: new() { TornReadPatience = TimeSpan.FromSeconds(20) });
        await keyring.SetAsync(Keyrings.Database, "one");
        var whole = await File.ReadAllBytesAsync(_folder.Keyring, Cancellation);
        await using var service = new FileStream(
            _folder.Keyring,
            FileMode.Truncate,
            FileAccess.Write,
            FileShare.ReadWrite,
            bufferSize: 0
        );
        service.Write(whole.AsSpan(0, whole.Length / 2));

        var reading = keyring.GetAsync(Keyrings.Database);
        reading.IsCompleted.Should().BeFalse();
        service.Write(whole.AsSpan(whole.Length / 2));

        (await reading).Should().Be("one");
    }

    [Theory]
    [InlineData("a:b", "c")]
    [InlineData("", "c")]
    [InlineData("a", "")]
    public async Task Names_that_a_file_cannot_tell_apart_are_refused(string service, string user)
    {
        var refusal = await Keyrings.RefusalAsync(() =>
            Keyrings.Open(_folder.Keyring).SetAsync(new(service, user), "one")
        );

        refusal.Fault.Should().Be(KeyringFault.Unsuitable);
        _folder.Files.Should().BeEmpty();
    }
}
