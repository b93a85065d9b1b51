namespace Redb.Grains.Services;

/// <summary>One instant on both clocks: the wall's for people, the monotonic one for every decision, so that a clock that jumps kills nothing.</summary>
/// <param name="Wall">What a person's clock shows.</param>
/// <param name="Monotonic">Time since an arbitrary start; never goes back.</param>
internal readonly record struct Moment(DateTimeOffset Wall, TimeSpan Monotonic)
{
    public static Moment Of(TimeProvider time) => new(time.GetUtcNow(), time.GetElapsedTime(0));
}
