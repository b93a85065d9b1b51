using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Sessions;

/// <summary>How soon mesh services of several supervisors find each other, in milliseconds.</summary>
/// <param name="Whole">From the last group Ready to a session of every mesh service with every other one; 0 when they were there before.</param>
/// <param name="Dropped">From the death of a supervisor and its services to the last of the others giving its nodes up.</param>
/// <param name="Back">From the start of a supervisor in its place to all sessions again.</param>
internal sealed record SessionsResult(Spread Whole, Spread Dropped, Spread Back);
