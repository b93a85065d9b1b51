using System.Net;

namespace Redb.Security.Connections;

/// <summary>Counts the unfinished greetings of each address.</summary>
/// <param name="limit">How many one address may have.</param>
internal sealed class Unfinished(int limit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _counts = [];

    /// <summary>Begins a greeting.</summary>
    /// <returns>Whether there may be one more.</returns>
    public bool TryBegin(EndPoint? remote)
    {
        lock (_gate)
        {
            var address = AddressOf(remote);
            var count = _counts.GetValueOrDefault(address);
            if (count >= limit)
            {
                return false;
            }

            _counts[address] = count + 1;
            return true;
        }
    }

    /// <summary>Ends a greeting that was begun.</summary>
    public void End(EndPoint? remote)
    {
        lock (_gate)
        {
            var address = AddressOf(remote);
            if (--_counts[address] == 0)
            {
                _counts.Remove(address);
            }
        }
    }

    private static IPAddress AddressOf(EndPoint? remote) => (remote as IPEndPoint)?.Address ?? IPAddress.None;
}
