using System.Threading.Channels;
using Redb.Abstractions.Instances;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Grains;

/// <summary>A controller that remembers what it was asked.</summary>
internal sealed class FakeController : IServiceController
{
    private readonly Channel<Asked> _asked = Channel.CreateUnbounded<Asked>();

    public void RequestStop(ServiceKey service, RunId run, string endpoint, TimeSpan grace, IRunReports reports) =>
        _asked.Writer.TryWrite(new(service.Service, run, endpoint, grace, reports));

    public Task<Asked> NextAsync() => _asked.Reader.NextAsync("a request to stop");

    internal sealed record Asked(string Service, RunId Run, string Endpoint, TimeSpan Grace, IRunReports Reports);
}
