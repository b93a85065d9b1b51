using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Redb.Security.Calls;
using Redb.Security.Certificates;

namespace Redb.Security.Tests.Kit;

/// <summary>Does to the calls of a tool what its author did not mean: stands behind the filter that signs, and before the wire.</summary>
internal sealed class Forger : IOutgoingGrainCallFilter
{
    /// <summary>The token of the last call that went out.</summary>
    public byte[]? Last { get; private set; }

    /// <summary>What becomes of the token that was signed; null for no token.</summary>
    public Func<IOutgoingGrainCallContext, byte[]?, byte[]?> Token { get; set; } = (_, token) => token;

    /// <summary>A seal to show.</summary>
    public object? Seal { get; set; }

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        Last = Token(context, RequestContext.Get(CallToken.Key) as byte[]);
        if (Last is null)
        {
            RequestContext.Remove(CallToken.Key);
        }
        else
        {
            RequestContext.Set(CallToken.Key, Last);
        }

        if (Seal is not null)
        {
            RequestContext.Set(SiloSeal.Key, Seal);
        }

        return context.Invoke();
    }

    /// <summary>Connects with a certificate and a forger.</summary>
    public Task<SecuredTool> ConnectAsync(System.Net.IPEndPoint gateway, TlsFiles files, TimeProvider time) =>
        SecuredTool.ConnectAsync(
            gateway,
            client =>
            {
                client.UseCertificate(Credentials.Open(files, time), Authority.Cluster, new(), time);
                client.Services.AddSingleton<IOutgoingGrainCallFilter>(this);
            }
        );

    /// <summary>Signs what nobody asked for.</summary>
    public static byte[] Sign(TlsFiles files, CallFacts facts)
    {
        var set = CredentialSet.Read(files);
        using var key = set.SigningKey;
        return CallToken.Sign(set.Own!, key, facts, TimeProvider.System.GetUtcNow()).ToBytes();
    }

    /// <summary>Writes another sender into everything that a tool sends from now on. The runtime offers no way to do so; a program of one's own does not ask it.</summary>
    public static void Pretend(SecuredTool tool, GrainId sender)
    {
        var runtime = RuntimeOf(tool);
        var address = AddressOf(runtime);
        address.SetValue(runtime, new GrainAddress { GrainId = sender, ActivationId = ActivationId.NewId() });
    }

    /// <summary>Who a tool is.</summary>
    public static GrainId IdOf(SecuredTool tool)
    {
        var runtime = RuntimeOf(tool);
        return ((GrainAddress)AddressOf(runtime).GetValue(runtime)!).GrainId;
    }

    private static object RuntimeOf(SecuredTool tool) =>
        tool.Services.GetRequiredService(
            typeof(IClusterClient).Assembly.GetType("Orleans.OutsideRuntimeClient") ?? CoreType()
        );

    private static Type CoreType() =>
        AppDomain
            .CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType("Orleans.OutsideRuntimeClient"))
            .OfType<Type>()
            .Single();

    private static PropertyInfo AddressOf(object runtime) =>
        runtime
            .GetType()
            .GetProperty(
                "CurrentActivationAddress",
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
            )!;
}
