using Redb.Initialization.Progress;

namespace Redb.Initialization.Tests.Progress;

public sealed class ProgressFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("redb-progress-").FullName;

    private ProgressFile File => new(_folder, "default");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_again()
    {
        var record = new NodeRecord
        {
            Group = "default",
            Server = new("localhost", 5432),
            Folder = "/data",
            Tenant = new("tenant_0123456789ABCDEF0123456789", "Acme", "acme"),
        }.With(new("role", StepStanding.Done, DateTimeOffset.UnixEpoch, "it is there"));

        File.Write(record);

        File.Read().Record.Should().BeEquivalentTo(record);
    }

    [Fact]
    public void Only_its_owner_reads_it()
    {
        File.Write(new());

        System.IO.File.GetUnixFileMode(File.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_damaged_file_is_named_and_left_as_it_is()
    {
        File.Write(new());
        System.IO.File.WriteAllText(File.Path, "{\"version\": 1, ");

        var (record, failure) = File.Read();

        record.Should().BeNull();
        failure!.What.Should().Contain("is damaged, and was left as it is");
        System.IO.File.ReadAllText(File.Path).Should().Be("{\"version\": 1, ");
    }

    [Fact]
    public void A_file_of_a_newer_program_is_not_understood_by_half()
    {
        File.Write(new());
        System.IO.File.WriteAllText(File.Path, "{\"version\": 2}");

        File.Read().Failure!.What.Should().Contain("is of version 2");
    }
}
