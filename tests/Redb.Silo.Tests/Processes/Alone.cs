namespace Redb.Silo.Tests.Processes;

/// <summary>For tests that reap whatever child of this process is dead: those of other tests must not run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
