using Redb.TestKit.Hosts;

namespace Redb.Hosts.Tests.Kit;

/// <summary>Something that happens to a host and ends again.</summary>
internal enum MishapKind
{
    /// <summary>Its cable is pulled.</summary>
    Cut = 0,

    /// <summary>Its supervisor stands still.</summary>
    Frozen,

    /// <summary>Its supervisor is killed, and started again.</summary>
    Killed,
}

/// <summary>One mishap of one host.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Site">Whose supervisor.</param>
/// <param name="Machine">The host.</param>
internal sealed record Mishap(MishapKind Kind, ClusterSite Site, TestHost Machine)
{
    /// <summary>Makes it happen.</summary>
    public void Begin()
    {
        if (Kind == MishapKind.Cut)
        {
            Machine.Cut();
        }
        else
        {
            Site.Process.Signal(Kind == MishapKind.Frozen ? "STOP" : "KILL");
        }
    }

    /// <summary>Ends it; completes when its supervisor is at work again.</summary>
    public async Task EndAsync()
    {
        switch (Kind)
        {
            case MishapKind.Cut:
                Machine.Heal();
                break;
            case MishapKind.Frozen:
                Site.Process.Signal("CONT");
                break;
            default:
                await Site.Process.EndAsync();
                await Site.TakeOverAsync();
                break;
        }
    }

    public override string ToString() => $"{Site.Name} {Kind}";
}
