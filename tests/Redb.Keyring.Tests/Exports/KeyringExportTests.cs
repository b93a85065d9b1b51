using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Redb.Keyring.Exports;
using Redb.Keyring.Tests.Kit;

namespace Redb.Keyring.Tests.Exports;

public sealed class KeyringExportTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly KeyringEntry[] s_entries =
    [
        new(Keyrings.Database, new("geheim €")),
        new(new("redb-node", "node-private-key"), new("-----BEGIN\n-----END\n")),
    ];

    private static readonly byte[] s_export = KeyringExport.Write("default", s_entries, new("pass"), s_now);

    [Fact]
    public void What_was_exported_is_read_back() =>
        KeyringExport.Read("x", s_export, new("pass")).Should().Equal(s_entries);

    [Fact]
    public void No_secret_and_no_password_stands_in_it_in_clear() =>
        Encoding.UTF8.GetString(s_export).Should().NotContainAny("geheim", "BEGIN", "pass\"", "redb-database");

    [Fact]
    public void Its_header_says_how_it_was_made()
    {
        var document = JsonNode.Parse(s_export)!;

        document["format"]!.GetValue<string>().Should().Be("redb-keyring-export");
        document["version"]!.GetValue<int>().Should().Be(1);
        document["created"]!.GetValue<string>().Should().Be("2026-01-31T12:00:00.0000000Z");
        document["kdf"]!.GetValue<string>().Should().Be("argon2id");
        document["memoryKib"]!.GetValue<int>().Should().Be(65536);
        document["salt"]!.GetValue<string>().Should().HaveLength(24);
    }

    [Fact]
    public void Two_exports_of_the_same_have_nothing_in_common()
    {
        var other = JsonNode.Parse(KeyringExport.Write("default", s_entries, new("pass"), s_now))!;
        var first = JsonNode.Parse(s_export)!;

        foreach (var part in new[] { "salt", "nonce", "data" })
        {
            other[part]!.GetValue<string>().Should().NotBe(first[part]!.GetValue<string>());
        }
    }

    [Fact]
    public void A_wrong_password_is_told_from_a_damaged_file()
    {
        var wrong = Refusal(s_export, "other");
        var damaged = Refusal(Changed(document => document["group"] = "other"), "pass");

        wrong.Fault.Should().Be(KeyringFault.WrongPassword);
        damaged.Fault.Should().Be(KeyringFault.Damaged);
    }

    // Whoever repairs the checksum as well has still not the key.
    [Fact]
    public void A_header_that_was_forged_does_not_open()
    {
        var forged = Changed(document =>
        {
            document["group"] = "other";
            var header = new ExportHeader(
                s_now,
                "other",
                65536,
                3,
                4,
                Convert.FromBase64String(document["salt"]!.GetValue<string>()),
                Convert.FromBase64String(document["nonce"]!.GetValue<string>())
            );
            var data = Convert.FromBase64String(document["data"]!.GetValue<string>());
            document["sha256"] = Convert.ToBase64String(
                System.Security.Cryptography.SHA256.HashData([.. header.ToAuthenticated(), .. data])
            );
        });

        Refusal(forged, "pass").Fault.Should().Be(KeyringFault.WrongPassword);
    }

    [Theory]
    [InlineData("memoryKib", 2_000_000)]
    [InlineData("memoryKib", 0)]
    [InlineData("passes", 1_000_000)]
    [InlineData("lanes", 0)]
    [InlineData("version", 2)]
    public void Numbers_that_no_export_has_are_refused_before_they_cost_anything(string part, int value) =>
        Refusal(Changed(document => document[part] = value), "pass").Fault.Should().Be(KeyringFault.Damaged);

    [Fact]
    public void Any_change_and_any_cut_is_noticed() =>
        Gen.Select(Gen.Int[0, s_export.Length - 1], Gen.Byte[1, 255], Gen.Bool)
            .Sample(
                (place, change, isCut) =>
                {
                    var text = isCut ? s_export[..place] : [.. s_export];
                    if (!isCut)
                    {
                        text[place] ^= change;
                    }

                    try
                    {
                        // What changed may be the layout alone, or the case of nothing that counts.
                        return KeyringExport.Read("x", text, new("pass")).SequenceEqual(s_entries);
                    }
                    catch (KeyringException refusal)
                    {
                        return refusal.Fault is KeyringFault.Damaged or KeyringFault.WrongPassword;
                    }
                },
                iter: 100,
                threads: 1
            );

    private static KeyringException Refusal(byte[] text, string password) =>
        FluentActions
            .Invoking(() => KeyringExport.Read("x", text, new(password)))
            .Should()
            .Throw<KeyringException>()
            .Which;

    private static byte[] Changed(Action<JsonNode> change)
    {
        var document = JsonNode.Parse(s_export)!;
        change(document);
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }
}
