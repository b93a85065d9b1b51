namespace Redb.Grains.Services;

/// <summary>One run of a service's process, numbered from 1 and never reused within a service.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct RunId([property: Id(0)] long Value)
{
    // A method: as a property it would be part of the generated ToString, which would then not end.
    public RunId Next() => new(Value + 1);

    public override string ToString() => $"run {Value}";
}
