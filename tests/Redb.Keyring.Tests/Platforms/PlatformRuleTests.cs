using Redb.Keyring.Platforms.CredentialManager;
using Redb.Keyring.Platforms.Keychain;
using Redb.Keyring.Platforms.SecretService;

namespace Redb.Keyring.Tests.Platforms;

/// <summary>What can be said of the keyrings of other systems without having them.</summary>
public sealed class PlatformRuleTests
{
    [Theory]
    [InlineData(
        "redb-database",
        "postgres-password",
        "geheim",
        "-s redb-database -a postgres-password -w go-keyring-base64:Z2VoZWlt"
    )]
    [InlineData("it's", "a b", "x", "-s 'it'\"'\"'s' -a 'a b' -w go-keyring-base64:eA==")]
    public void The_keychain_is_told_what_to_add_on_standard_input(
        string service,
        string user,
        string secret,
        string expected
    ) => KeychainText.Add(new(new(service, user), new(secret))).Should().Be($"add-generic-password -U {expected}\n");

    [Theory]
    [InlineData("go-keyring-base64:Z2VoZWlt4oKs", "geheim€")]
    [InlineData("go-keyring-encoded:67656865696d", "geheim")]
    [InlineData("geheim", "geheim")]
    public void All_three_forms_of_a_secret_in_the_keychain_are_read(string stored, string secret) =>
        KeychainText.Decode(stored).Reveal().Should().Be(secret);

    [Fact]
    public void What_is_stored_in_the_keychain_reads_back() =>
        KeychainText.Decode(KeychainText.Encode(new("ä\n'\""))).Reveal().Should().Be("ä\n'\"");

    [Fact]
    public void Names_are_found_in_a_dump_of_the_keychain() =>
        KeychainText
            .Names(
                """
                keychain: "/Users/ann/Library/Keychains/login.keychain-db"
                class: "genp"
                attributes:
                    "acct"<blob>="postgres-password"
                    "svce"<blob>="redb-database"
                keychain: "/Users/ann/Library/Keychains/login.keychain-db"
                class: "inet"
                attributes:
                    "acct"<blob>="ann"
                    "srvr"<blob>="example.org"
                """
            )
            .Should()
            .Equal(new EntryName("redb-database", "postgres-password"));

    [Fact]
    public void Credentials_are_found_by_both_parts_of_the_name()
    {
        var name = new EntryName("redb-cli", "ann:access_token");

        CredentialRules.Target(name).Should().Be("redb-cli:ann:access_token");
        CredentialRules.NameOf("redb-cli:ann:access_token", "ann:access_token").Should().Be(name);
        CredentialRules.NameOf("TERMSRV/host", "ann").Should().BeNull();
    }

    [Theory]
    [InlineData(2560, 511, true)]
    [InlineData(2561, 511, false)]
    [InlineData(2560, 512, false)]
    public void Credentials_have_their_limits(int secret, int service, bool isTaken) =>
        (CredentialRules.Refusal(new(new(new('s', service), "u"), new(new('x', secret)))) is null).Should().Be(isTaken);

    [Theory]
    [InlineData("unix:path=/x", null, false, true)]
    [InlineData(null, "/run/user/1", true, true)]
    [InlineData(null, "/run/user/1", false, false)]
    [InlineData("", "", false, false)]
    public void Nothing_is_loaded_where_there_is_no_session_bus(
        string? address,
        string? folder,
        bool isSocketThere,
        bool isPossible
    ) =>
        (
            SessionBus.Missing(
                name => name == "XDG_RUNTIME_DIR" ? folder : address,
                path => isSocketThere && path == "/run/user/1/bus"
            )
            is null
        )
            .Should()
            .Be(isPossible);
}
