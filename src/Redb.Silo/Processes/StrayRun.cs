namespace Redb.Silo.Processes;

/// <summary>A run of an earlier supervisor that lives and that no configured service claims.</summary>
/// <param name="Process">Its process.</param>
internal sealed record StrayRun(MarkedProcess Process)
{
    /// <summary>For people: <c>group/service run 3, pid 4711</c>.</summary>
    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Process.Mark.Group}/{Process.Mark.Service} run {Process.Mark.Run}, pid {Process.Pid}"
        );
}
