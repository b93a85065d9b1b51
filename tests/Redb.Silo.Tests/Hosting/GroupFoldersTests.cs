using Redb.Abstractions.Configuration;
using Redb.Silo.Hosting;

namespace Redb.Silo.Tests.Hosting;

public sealed class GroupFoldersTests
{
    [Fact]
    public void A_group_alone_in_its_folder_keeps_it()
    {
        FoldersOf(("a", "/data/a"), ("b", "/data/b")).Should().Equal("/data/a", "/data/b");
    }

    [Fact]
    public void Groups_that_share_a_folder_get_one_each_within_it()
    {
        FoldersOf(("a", "/data"), ("b", "/data"), ("c", "/else")).Should().Equal("/data/a", "/data/b", "/else");
    }

    private static IEnumerable<string> FoldersOf(params (string Group, string Folder)[] groups) =>
        GroupFolders
            .Separate([
                .. groups.Select(group => new RedbConfiguration
                {
                    InstanceGroup = new() { GroupId = group.Group },
                    Supervisor = new() { DataDirectory = group.Folder },
                }),
            ])
            .Select(configuration => configuration.Supervisor.DataDirectory);
}
