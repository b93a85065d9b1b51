using System.Net;
using System.Net.Sockets;
using Redb.TestKit;
using Redb.TestKit.Hosts;

namespace Redb.Hosts.Tests.Kit;

/// <summary>Sends back what it is sent, on a host.</summary>
internal sealed class Echo : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _work = [];

    public Echo(NetworkNamespace network, IPAddress address)
    {
        _listener = network.NewSocket();
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen();
        _work.Add(AcceptAsync());
    }

    public EndPoint Endpoint => _listener.LocalEndPoint!;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll(_work).WaitAsync(Child.Patience);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _work.Add(AnswerAsync(await _listener.AcceptAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the test.
        }
    }

    private async Task AnswerAsync(Socket caller)
    {
        using (caller)
        {
            var buffer = new byte[1024];
            try
            {
                while (await caller.ReceiveAsync(buffer, _end.Token) is > 0 and var count)
                {
                    await caller.SendAsync(buffer.AsMemory(0, count), _end.Token);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException)
            {
                // The end of the test, or the caller's.
            }
        }
    }
}
