namespace Redb.Chaos.Invariants;

/// <summary>One process of a service as it was seen from outside.</summary>
/// <param name="Service">Whose.</param>
/// <param name="Pid">Its pid.</param>
/// <param name="StartTicks">When it began, in clock ticks since the machine's start: with the pid, who it is.</param>
/// <param name="Look">The first look at the machine that saw it.</param>
internal sealed record Life(string Service, int Pid, long StartTicks, long Look)
{
    /// <summary>The last look that saw it alive.</summary>
    public long LastLook { get; set; } = Look;

    /// <summary>Whether the last look saw it alive.</summary>
    public bool IsAlive { get; set; } = true;

    public override string ToString() => $"pid {Pid} of {Service}, looks {Look} to {LastLook}";
}
