namespace Redb.Initialization.Tests.Kit;

/// <summary>Kills an initialization at the n-th moment at which it touches the world: before or after the touch.</summary>
internal sealed class Fate
{
    private int _left = int.MaxValue;

    /// <summary>How many moments there were.</summary>
    public int Moments { get; private set; }

    /// <summary>From now on, dies at this moment, counted from 0.</summary>
    public void DieAt(int moment)
    {
        Moments = 0;
        _left = moment;
    }

    /// <summary>From now on, lives.</summary>
    public void Live() => DieAt(int.MaxValue);

    /// <summary>A moment.</summary>
    public void Pass()
    {
        if (Moments++ == _left)
        {
            throw new KilledException(_left);
        }
    }
}
