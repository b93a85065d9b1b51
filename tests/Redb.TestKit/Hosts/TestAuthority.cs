namespace Redb.TestKit.Hosts;

/// <summary>A cluster's own authority, made by <c>redbctl certs</c> in a folder of its own.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("redb-ca-").FullName;

    private string Certs => Path.Combine(_home, "redb", "certs");

    public static async Task<TestAuthority> CreateAsync()
    {
        var authority = new TestAuthority();
        await authority.RunAsync("init");
        return authority;
    }

    /// <summary>Issues a certificate to a host.</summary>
    /// <returns>The lines of its <c>cluster</c> section.</returns>
    public async Task<string[]> IssueAsync(string host, string address)
    {
        await RunAsync("issue", "host", host, "--address", address);
        return [$"tls: {{ca: {Certs}/ca.crt, certificate: {Certs}/hosts/{host}.crt, key: {Certs}/hosts/{host}.key}}"];
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private async Task RunAsync(params string[] arguments)
    {
        await using var ctl = Child.Start(Programs.Ctl, ["certs", .. arguments], _home, ("XDG_CONFIG_HOME", _home));
        (await ctl.EndAsync()).Should().Be(0, string.Join('\n', ctl.Lines));
    }
}
