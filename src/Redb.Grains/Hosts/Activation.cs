namespace Redb.Grains.Hosts;

/// <summary>What every grain here that calls other grains does first.</summary>
internal static class Activation
{
    /// <summary>
    /// Lets go of the activation's lock before anything is called. Orleans (10.x) runs the first turns of a grain under that lock for as
    /// long as nothing really waits, and delivering a message takes the lock of whom it is for: two grains that call each other in their
    /// first turns would wait for each other for ever.
    /// </summary>
    public static async Task LetGoAsync() => await Task.Yield();
}
