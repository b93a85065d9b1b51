namespace Redb.Grains.Hosts;

/// <summary>The directories of the other silos. Implemented by the silo.</summary>
internal interface IDirectoryPeers
{
    /// <summary>Tells all of them to forget what is not there any more of a host.</summary>
    ValueTask ForgetAsync(string host);
}
