using Redb.Keyring.Names;

namespace Redb.Keyring.Tests.Names;

public sealed class KeyringPathsTests
{
    [Theory]
    [InlineData("/d/k.json", "default", "/d/k.json", "/d/k.json", "/d/k.json")]
    [InlineData("/d/k.json", "", "/d/k.json", "/d/k.json", "/d/k.json")]
    [InlineData("/d/k.json", "g", "/d/k-g.json", "/d/k.json-g", "/d/k.json")]
    [InlineData("./k.json", "g", "./k-g.json", "./k.json-g", "./k.json")]
    [InlineData("/d/k", "g", "/d/k-g", "/d/k-g", "/d/k")]
    [InlineData("/d.x/k", "g", "/d.x/k-g", "/d.x/k-g", "/d.x/k")]
    [InlineData("/d/k.a.json", "g", "/d/k.a-g.json", "/d/k.a.json-g", "/d/k.a.json")]
    [InlineData("/d/.keys", "g", "/d/-g.keys", "/d/.keys-g", "/d/.keys")]
    [InlineData("/d/k.", "g", "/d/k-g.", "/d/k.-g", "/d/k.")]
    public void A_configured_path_gets_the_group_before_its_extension_and_behind_it(
        string path,
        string group,
        string own,
        string initializer,
        string shared
    ) => KeyringPaths.Of(path, group, "/home/ann").Should().Be(new KeyringPaths(own, initializer, shared, false));

    [Theory]
    [InlineData("/home/ann", "default", "/home/ann/.local/share/redb/keyring.json")]
    [InlineData("/home/ann", "instance2", "/home/ann/.local/share/redb/keyring-instance2.json")]
    [InlineData("", "default", "/tmp/redb-keyring.json")]
    [InlineData("", "instance2", "/tmp/redb-keyring-instance2.json")]
    public void Without_a_path_it_is_in_the_home_folder_or_in_tmp(string home, string group, string own)
    {
        var paths = KeyringPaths.Of("", group, home);

        paths.Own.Should().Be(own);
        paths.Initializer.Should().Be(own);
        paths.Shared.Should().Be(KeyringPaths.Of("", "default", home).Own);
        paths.IsBuiltIn.Should().BeTrue();
    }
}
