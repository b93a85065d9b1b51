using System.Net;
using Redb.Abstractions.Security;
using Redb.Security.Certificates;
using Redb.Security.Tests.Kit;

namespace Redb.Security.Tests.Certificates;

public sealed class CertificateFolderTests : IDisposable
{
    private readonly Authority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void Every_file_is_its_owners_alone()
    {
        _authority.Host("alpha");
        _authority.Tool("alice", CallerRole.Viewer);
        _authority.Folder.Rotate(IdentityKind.Host, "alpha");
        _authority.Folder.Revoke(IdentityKind.Tool, "alice");

        var files = Directory.GetFiles(_authority.Path, "*", SearchOption.AllDirectories);

        files.Should().HaveCount(9);
        files.Should().OnlyContain(file => File.GetUnixFileMode(file) == PrivateFile.Mode);
        Directory.GetDirectories(_authority.Path).Should().OnlyContain(folder => !PrivateFile.IsOpenToOthers(folder));
    }

    [Fact]
    public void An_authority_is_never_overwritten()
    {
        var before = File.ReadAllText(Path.Combine(_authority.Path, "ca.key"));

        _authority
            .Folder.Invoking(folder => folder.Initialize("again", TimeSpan.FromDays(1)))
            .Should()
            .Throw<CredentialFailure>()
            .Which.Next.Should()
            .Contain("redbctl certs rotate ca");
        File.ReadAllText(Path.Combine(_authority.Path, "ca.key")).Should().Be(before);
    }

    [Fact]
    public void A_certificate_is_never_overwritten()
    {
        var before = File.ReadAllText(_authority.Host("alpha").PrivateKey!);

        _authority.Invoking(authority => authority.Host("alpha")).Should().Throw<CredentialFailure>();

        File.ReadAllText(Path.Combine(_authority.Path, "hosts", "alpha.key")).Should().Be(before);
    }

    [Theory]
    [InlineData(CallerRole.Viewer)]
    [InlineData(CallerRole.Operator)]
    [InlineData(CallerRole.Admin)]
    public void A_tools_certificate_carries_its_name_and_role(CallerRole role) =>
        CredentialSet
            .Read(_authority.Tool("alice", role))
            .Identity.Should()
            .Be(new CertificateIdentity(IdentityKind.Tool, "alice", role));

    [Fact]
    public void A_rotated_certificate_has_a_new_key_and_the_same_names()
    {
        var files = _authority.Host("alpha", IPAddress.Parse("10.0.0.1"));
        var before = CredentialSet.Read(files).Own!;

        _authority.Folder.Rotate(IdentityKind.Host, "alpha");

        var after = CredentialSet.Read(files);
        after.Identity!.Name.Should().Be("alpha");
        after.Own!.PublicKey.EncodedKeyValue.RawData.Should().NotEqual(before.PublicKey.EncodedKeyValue.RawData);
        CredentialSet.IsBelievedAt(after.Own, IPAddress.Parse("10.0.0.2")).Should().BeFalse();
        Directory.GetFiles(Path.Combine(_authority.Path, "replaced")).Should().HaveCount(2);
    }

    [Fact]
    public void A_certificate_does_not_outlive_its_authority()
    {
        var files = _authority.Tool("alice", CallerRole.Viewer, TimeSpan.FromDays(9999));

        CredentialSet
            .Read(files)
            .Own!.NotAfter.ToUniversalTime()
            .Should()
            .Be((_authority.Time.GetUtcNow() + TimeSpan.FromDays(3650)).UtcDateTime);
    }

    [Fact]
    public void A_key_that_others_may_read_is_refused()
    {
        var files = _authority.Host("alpha");
        File.SetUnixFileMode(files.PrivateKey!, PrivateFile.Mode | UnixFileMode.OtherRead);

        FluentActions
            .Invoking(() => CredentialSet.Read(files))
            .Should()
            .Throw<CredentialFailure>()
            .Which.Next.Should()
            .Be($"chmod 600 {files.PrivateKey}");
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        var (alpha, beta) = (_authority.Host("alpha"), _authority.Host("beta"));

        FluentActions
            .Invoking(() => CredentialSet.Read(alpha with { PrivateKey = beta.PrivateKey }))
            .Should()
            .Throw<CredentialFailure>()
            .Which.Cause.Should()
            .StartWith(beta.PrivateKey);
    }

    [Theory]
    [InlineData("alpha", true)]
    [InlineData("a.b-c_1", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    [InlineData("a b", false)]
    public void Names_are_plain(string name, bool fine) => CertificateIdentity.IsName(name).Should().Be(fine);

    [Fact]
    public void The_deny_list_reads_what_other_tools_print() =>
        DenyList.Parse("# lost\n0A:1b:2C # alice's laptop\n\n  ff00\n").Should().BeEquivalentTo("0A1b2C", "ff00");
}
