using System.Threading.Channels;

namespace Redb.Grains.Tests.Grains;

/// <summary>Waits for events without ever waiting for ever.</summary>
internal static class Waiting
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<T> NextAsync<T>(this ChannelReader<T> events, string what)
    {
        try
        {
            return await events
                .ReadAsync(TestContext.Current.CancellationToken)
                .AsTask()
                .WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"Never saw {what}.", late);
        }
    }
}
