namespace Redb.Configuration.Tests;

public sealed class DiskFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("redb-configuration-").FullName;

    private readonly DiskFiles _files = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_read_up_to_the_limit()
    {
        var file = Write("config.yaml", "database:");

        _files.Read(file, 100, out var complaint).Should().Equal("database:"u8.ToArray());
        _files.Read(file, 4, out _).Should().Equal("data"u8.ToArray());
        complaint.Should().BeEmpty();
    }

    [Fact]
    public void What_cannot_be_read_is_told_why()
    {
        _files.Read(Path.Combine(_folder, "none"), 1, out var missing).Should().BeNull();
        _files.Read(Path.Combine(_folder, "none", "none"), 1, out var lost).Should().BeNull();
        _files.Read(_folder, 1, out var folder).Should().BeNull();

        (missing, lost, folder).Should().Be(("no such file", "no such file", "is a folder, not a file"));
    }

    [Fact]
    public void Programs_are_told_from_files_and_folders()
    {
        var file = Write("notes", "");
        var program = Write("program", "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _files.Look(program).Should().Be(FileStatus.Executable);
        _files.Look(file).Should().Be(OperatingSystem.IsWindows() ? FileStatus.Executable : FileStatus.File);
        _files.Look(_folder).Should().Be(FileStatus.Folder);
        _files.Look(Path.Combine(_folder, "none")).Should().Be(FileStatus.Missing);
    }

    [Fact]
    public void A_real_file_is_read_as_this_process_sees_it()
    {
        var file = Write("config.yaml", Given.Minimum);

        var result = ConfigurationReader.Read(ReaderInput.OfProcess(file));

        result.Problems.Should().BeEmpty();
        result.Configuration!.File.Should().Be(file);
        Path.IsPathFullyQualified(result.Configuration.Supervisor.DataDirectory).Should().BeTrue();
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
