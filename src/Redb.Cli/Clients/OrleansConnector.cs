using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Redb.Abstractions.Security;
using Redb.Abstractions.Supervision;

namespace Redb.Cli.Clients;

/// <summary>Connects as an Orleans client. Builds no host: reading configuration and console lifetime would cost more than the command.</summary>
internal sealed class OrleansConnector(TimeProvider time) : ISupervisorConnector
{
    // A silo lets the reader of a quiet stream wait for half of its own response time-out (15 s by default) before it
    // answers "nothing yet". A shorter time-out here would end every quiet watch. Calls are bounded by GroupClient.
    private static readonly TimeSpan QuietStream = TimeSpan.FromSeconds(45);

    // Opening takes a tenth of a second or two.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public async Task<ISupervisorConnection> ConnectAsync(
        SupervisorAddress address,
        CancellationToken cancellationToken
    )
    {
        if (!IPEndPoint.TryParse(address.Gateway, out var gateway))
        {
            throw Unavailable(address, $"'{address.Gateway}' is no address");
        }

        var admission = Admission.For(address, time);
        // A gateway that wants something of a tool without anything to show just keeps silent: half of the time is for finding out what.
        var patience = admission.IsEmpty ? AnswerBound.Value / 2 : AnswerBound.Value;
        using var bound = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        try
        {
            // Orleans tries for long and says little; a greeting of our own gives the reason at once.
            await admission.TryAsync(gateway, either.Token);
            return await OpenAsync(Compose(address, gateway, admission), gateway, admission, either.Token);
        }
        catch (Exception error)
            when (!cancellationToken.IsCancellationRequested
                && error
                    is OperationCanceledException
                        or TimeoutException
                        or SocketException
                        or AccessRefusedException
                        or CommandFailure
                        or Orleans.Runtime.OrleansException
            )
        {
            throw await admission.ExplainAsync(gateway, AnswerBound.Value - patience) is { } reason
                ? Refusal.Describe(reason)
                : Describe(address, error, patience);
        }
    }

    private static CommandFailure Describe(SupervisorAddress address, Exception error, TimeSpan patience) =>
        error switch
        {
            CommandFailure failure => failure,
            AccessRefusedException refusal => Refusal.Describe(refusal),
            OperationCanceledException => Unavailable(
                address,
                $"{address.Gateway} did not answer within {patience.TotalSeconds} s"
            ),
            _ => Unavailable(address, $"{address.Gateway}: {error.Message}"),
        };

    // Orleans goes on trying at a gateway that has closed meanwhile.
    private async Task<OrleansConnection> OpenAsync(
        ServiceProvider services,
        IPEndPoint gateway,
        Admission admission,
        CancellationToken cancellationToken
    )
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var knocking = KnockAsync(gateway, admission, over);
        try
        {
            return await OrleansConnection.OpenAsync(services, over.Token);
        }
        catch (OperationCanceledException)
            when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await knocking;
            throw;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAny(knocking);
        }
    }

    // Fails, and ends what is tried meanwhile, once nobody answers or somebody refuses.
    private async Task KnockAsync(IPEndPoint gateway, Admission admission, CancellationTokenSource over)
    {
        while (true)
        {
            await Task.Delay(Look, time, over.Token);
            try
            {
                await admission.TryAsync(gateway, over.Token);
            }
            catch
            {
                await over.CancelAsync();
                throw;
            }
        }
    }

    private static ServiceProvider Compose(SupervisorAddress address, IPEndPoint gateway, Admission admission)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IHostEnvironment>(new ToolEnvironment());
        var builder = new ClientBuilder(services, new ConfigurationBuilder().Build());
        builder.UseStaticClustering(gateway);
        var watch = new GatewayWatch();
        builder.AddClusterConnectionLostHandler(watch.OnLost);
        services.AddSingleton(_ => watch);
        builder.Configure<ClusterOptions>(options =>
        {
            options.ClusterId = address.ClusterId;
            options.ServiceId = address.ServiceId;
        });
        builder.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = QuietStream);
        admission.Configure(builder, address.ClusterId);
        return services.BuildServiceProvider();
    }

    private static CommandFailure Unavailable(SupervisorAddress address, string cause) =>
        new(
            ExitCode.Unavailable,
            $"the supervisor of {address.Host} (pid {address.Pid}) does not answer",
            cause,
            $"ps -p {address.Pid} shows whether it still runs; its log says why it is busy"
        )
        {
            MayPass = true,
        };
}
