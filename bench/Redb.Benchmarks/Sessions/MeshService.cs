using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Redb.Protocol.Mesh;

namespace Redb.Benchmarks.Sessions;

/// <summary>Asks one mesh service for its sessions.</summary>
internal sealed class MeshService(int port) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")
    );

    /// <summary>How many sessions it has; none while it cannot be asked.</summary>
    public async Task<int> CountAsync()
    {
        try
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + Limit;
            return (await new MeshControl.MeshControlClient(_channel).GetSessionsAsync(new(), deadline: deadline))
                .Sessions
                .Count;
        }
        catch (RpcException)
        {
            return 0;
        }
    }

    public void Dispose() => _channel.Dispose();
}
