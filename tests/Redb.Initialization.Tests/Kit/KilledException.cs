namespace Redb.Initialization.Tests.Kit;

/// <summary>Stands for the death of the process: nothing of ours may catch it.</summary>
internal sealed class KilledException(int moment) : Exception($"killed at moment {moment}");
