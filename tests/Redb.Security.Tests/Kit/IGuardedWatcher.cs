namespace Redb.Security.Tests.Kit;

/// <summary>A tool that is told something.</summary>
public interface IGuardedWatcher : IGrainObserver
{
    Task ToldAsync(string what);
}
