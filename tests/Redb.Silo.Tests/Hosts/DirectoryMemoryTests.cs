using Redb.Silo.Hosts;

namespace Redb.Silo.Tests.Hosts;

public sealed class DirectoryMemoryTests
{
    // A small cluster, a hundred hosts, and a disk that is busy.
    [Theory]
    [InlineData(2, 20)]
    [InlineData(50, 50)]
    [InlineData(3000, 120)]
    public void What_is_remembered_costs_a_thousandth_of_the_time(int tookMilliseconds, int seconds) =>
        DirectoryMemory.Pause(TimeSpan.FromMilliseconds(tookMilliseconds)).Should().Be(TimeSpan.FromSeconds(seconds));
}
