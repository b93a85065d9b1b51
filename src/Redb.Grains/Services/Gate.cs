namespace Redb.Grains.Services;

/// <summary>Whether a service may be launched, as its group sees it.</summary>
/// <param name="IsOpen">Whether everything it needs to start is there.</param>
/// <param name="Reason">What is missing, for people; empty when open.</param>
/// <param name="StopsRun">Whether a live run is stopped because of it.</param>
[GenerateSerializer, Immutable]
internal sealed record Gate(
    [property: Id(0)] bool IsOpen,
    [property: Id(1)] string Reason,
    [property: Id(2)] bool StopsRun
)
{
    public static readonly Gate Open = new(true, "", false);

    /// <summary>The service is being stopped: if it dies by itself meanwhile, that is all right.</summary>
    public static readonly Gate Leaving = new(false, "is being stopped", false);

    /// <summary>Where every service begins: nobody has said that it may start.</summary>
    public static readonly Gate Unknown = new(false, "waits for its group", false);
}
