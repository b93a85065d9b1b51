using System.Diagnostics;
using Redb.Keyring.Tests.Kit;
using Redb.TestKit;

namespace Redb.Keyring.Tests.Independent;

/// <summary>The file format against an implementation that shares nothing with ours: <c>tests/independent-client/keyring.mjs</c>.</summary>
public sealed class IndependentKeyringTests : IDisposable
{
    private readonly SecretFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_opens_what_we_wrote_and_not_with_another_password()
    {
        await Keyrings.Open(_folder.Keyring).SetAsync(Keyrings.Database, "geheim €\n\"quoted\"");

        (await NodeAsync("get", "master", Keyrings.Database)).Should().Be((0, "geheim €\n\"quoted\""));
        (await NodeAsync("get", "other", Keyrings.Database)).Code.Should().Be(5);
        (await NodeAsync("get", "master", new("redb-node", "x"))).Code.Should().Be(4);
    }

    [Fact]
    public async Task We_open_what_it_wrote_and_write_on_in_its_file()
    {
        await NodeAsync("set", "master", Keyrings.Database, "of node €");
        var ours = Keyrings.Open(_folder.Keyring);

        (await ours.GetAsync(Keyrings.Database)).Should().Be("of node €");
        await ours.SetAsync(new("redb-node", "node-private-key"), "ours");
        await NodeAsync("set", "master", new("redb-security", "tenant-jwt-secret-t"), "its second");

        (await NodeAsync("get", "master", new("redb-node", "node-private-key"))).Should().Be((0, "ours"));
        (await ours.GetAsync(new("redb-security", "tenant-jwt-secret-t"))).Should().Be("its second");
        (await ours.ListAsync(Cancellation)).Should().HaveCount(3);
    }

    private async Task<(int Code, string Output)> NodeAsync(
        string verb,
        string password,
        EntryName name,
        params string[] more
    )
    {
        var start = new ProcessStartInfo(
            "node",
            ["keyring.mjs", verb, _folder.Keyring, password, name.Service, name.User, .. more]
        )
        {
            WorkingDirectory = Path.Combine(Programs.Root, "tests", "independent-client"),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var node = Process.Start(start)!;
        var output = await node.StandardOutput.ReadToEndAsync(Cancellation);
        await node.WaitForExitAsync(Cancellation);
        return (node.ExitCode, output);
    }
}
