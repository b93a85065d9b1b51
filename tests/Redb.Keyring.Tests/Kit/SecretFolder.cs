namespace Redb.Keyring.Tests.Kit;

/// <summary>A folder of one test, open to nobody else, gone afterwards.</summary>
internal sealed class SecretFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redb-keyring-");

    public string Path => _folder.FullName;

    /// <summary>The keyring most tests use.</summary>
    public string Keyring => Of("keyring.json");

    public string Of(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Names of the files in it.</summary>
    public IEnumerable<string> Files =>
        _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);
}
