namespace Redb.Security.Calls;

/// <summary>
/// Which certificate each sender's id belongs to: that of the first call with it. Ids of clients are drawn at random, so nobody knows one before its owner
/// has used it, and afterwards it is taken.
/// </summary>
/// <param name="most">How many are remembered; then the ones that called longest ago are forgotten.</param>
internal sealed class SenderPins(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Thumbprint, long Turn)> _pins = new(StringComparer.Ordinal);
    private long _turn;

    /// <summary>Whether a sender may go with a certificate.</summary>
    /// <param name="sender">Its id.</param>
    /// <param name="thumbprint">The certificate's hash.</param>
    public bool Fits(string sender, string thumbprint)
    {
        lock (_gate)
        {
            if (_pins.TryGetValue(sender, out var pin) && pin.Thumbprint != thumbprint)
            {
                return false;
            }

            if (_pins.Count >= most && !_pins.ContainsKey(sender))
            {
                ForgetHalf();
            }

            _pins[sender] = (thumbprint, ++_turn);
            return true;
        }
    }

    private void ForgetHalf()
    {
        foreach (var (sender, _) in _pins.OrderBy(pin => pin.Value.Turn).Take(most / 2).ToList())
        {
            _pins.Remove(sender);
        }
    }
}
