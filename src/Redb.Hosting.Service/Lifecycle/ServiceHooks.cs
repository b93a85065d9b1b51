using Hook = System.Func<System.IServiceProvider, System.Threading.CancellationToken, System.Threading.Tasks.Task>;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>The service's own code at its three turning points, in the order it was added.</summary>
internal sealed class ServiceHooks
{
    public List<Hook> Initialize { get; } = [];

    public List<Hook> Start { get; } = [];

    public List<Hook> Stop { get; } = [];
}
