using System.Globalization;
using Redb.Silo.Limits;
using Redb.Silo.Processes;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Limits;

/// <summary>The rules of version 2, tried on the real thing with whatever controller it has; else over a folder.</summary>
public sealed class UnifiedTests : IAsyncDisposable
{
    private readonly LaunchSite _site = new();
    private readonly string _folder;
    private readonly string? _controller;
    private readonly CgroupPlace _place;

    public UnifiedTests()
    {
        var own = CgroupSurvey.Find("/", CgroupSurvey.Self).Where(place => place.Version == 2).FirstOrDefault();
        var box = own is null ? "" : Path.Combine(own.Folder, $"redb-test-{Guid.NewGuid():N}");
        IsReal = own is not null && CgroupFile.Make(box) == 0;
        _folder = IsReal ? box : Directory.CreateTempSubdirectory("redb-unified-").FullName;
        _controller = CgroupFile.Words(_folder, "cgroup.controllers") is [var first, ..] ? first : null;
        _place = new(2, _folder, []);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private bool IsReal { get; }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        if (!IsReal)
        {
            Directory.Delete(_folder, recursive: true);
            return;
        }

        string[] below = ["redb/tree/run", "redb/tree", "redb", "supervisor", ""];
        foreach (var name in below)
        {
            var folder = Path.Combine(_folder, name);
            await Eventually.True(() => !Stragglers.Kill(folder) && CgroupFile.Remove(folder), CancellationToken.None);
        }
    }

    [Fact]
    public async Task One_write_kills_a_whole_tree_whatever_its_sessions()
    {
        var run = Path.Combine(_folder, "redb/tree/run");
        CgroupFile.Make(run).Should().Be(0);
        var gate = Path.Combine(_site.Folder, "gate");
        var pid = _site.Start(
            _site.Shell(
                $"until [ -e {gate} ]; do sleep 0.02; done; setsid sleep 1000 & echo forked=$!; sleep 1000 & wait"
            )
        );
        CgroupFile.Write(run, CgroupFile.Members, $"{pid}").Should().Be(0);
        await File.WriteAllTextAsync(gate, "", Cancellation);
        var forked = int.Parse(await _site.SaysAsync("forked="), CultureInfo.InvariantCulture);
        if (!IsReal)
        {
            await File.WriteAllTextAsync(Path.Combine(run, "cgroup.kill"), "", Cancellation);
        }

        Stragglers.Kill(run).Should().BeTrue();

        if (IsReal)
        {
            (await _site.ExitAsync()).Signal.Should().Be(Libc.SigKill);
            await Eventually.True(() => CgroupFile.Processes(run).Count == 0, Cancellation);
        }
        else
        {
            (await File.ReadAllTextAsync(Path.Combine(run, "cgroup.kill"), Cancellation)).Should().Be("1");
            _ = Libc.Kill(forked, Libc.SigKill);
        }
    }

    [Fact]
    public void A_supervisor_that_is_in_the_way_of_its_own_tree_moves_into_a_leaf()
    {
        var pid = _site.Start(_site.Order("/bin/sleep", "60"));
        CgroupFile.Write(_folder, CgroupFile.Members, $"{pid}").Should().Be(0);

        RunTree.Make(_place, "tree", Controllers(), pid).Should().BeNull();

        Directory.Exists(Path.Combine(_folder, "redb/tree")).Should().BeTrue();
        if (_controller is not null)
        {
            CgroupFile.Processes(Path.Combine(_folder, "supervisor")).Should().Equal(pid);
            CgroupFile.Processes(_folder).Should().BeEmpty();
            CgroupFile.Words(_folder, "redb/tree/cgroup.subtree_control").Should().Equal(_controller);
            RunTree
                .FolderOf(_place with { Folder = Path.Combine(_folder, "supervisor") }, "tree")
                .Should()
                .Be(Path.Combine(_folder, "redb/tree"), "the next supervisor begins in the leaf");
        }
    }

    [Fact]
    public void Strangers_in_the_way_are_named_and_nobody_is_moved()
    {
        var own = _site.Start(_site.Order("/bin/sleep", "60"));
        var other = _site.Start(_site.Order("/bin/sleep", "60"));
        CgroupFile.Write(_folder, CgroupFile.Members, $"{own}").Should().Be(0);
        CgroupFile.Write(_folder, CgroupFile.Members, $"{other}").Should().Be(0);

        var refusal = RunTree.Make(_place, "tree", Controllers(), own);

        if (_controller is not null)
        {
            refusal.Should().Contain($"holds other processes (pid {other})");
            CgroupFile.Processes(_folder).Should().BeEquivalentTo([own, other]);
            Directory.Exists(Path.Combine(_folder, "supervisor")).Should().BeFalse();
        }
    }

    private System.Collections.Immutable.ImmutableArray<string> Controllers() =>
        _controller is null ? [] : [_controller];
}
