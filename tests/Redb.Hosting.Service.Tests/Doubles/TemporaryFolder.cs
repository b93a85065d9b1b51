namespace Redb.Hosting.Service.Tests.Doubles;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("redb-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
