using Redb.Grains.Instances;

namespace Redb.Grains.Tests.Instances;

public sealed class ChangeSignalTests
{
    [Fact]
    public void A_change_wakes_everybody_who_waited_and_nobody_who_comes_after()
    {
        var signal = new ChangeSignal();
        var (first, second) = (signal.Next, signal.Next);
        first.IsCompleted.Should().BeFalse();

        signal.Raise();

        first.IsCompleted.Should().BeTrue();
        second.IsCompleted.Should().BeTrue();
        signal.Next.IsCompleted.Should().BeFalse();
    }
}
