using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Serialization.Invocation;
using Redb.Abstractions.Security;

namespace Redb.Security.Calls;

/// <summary>Which role a call from outside needs.</summary>
internal static class Callable
{
    private const string Manifest = "Orleans.Runtime.IClusterManifestSystemTarget";
    private const string Cancellation = "Orleans.Runtime.IGrainCallCancellationExtension";

    private static readonly ConcurrentDictionary<MethodInfo, CallerRole> s_roles = new();

    /// <summary>Interface and method, as both ends of a call name them.</summary>
    public static string NameOf(IGrainCallContext context) =>
        Enumerated(context.Request) is { } inner
            ? $"{context.InterfaceName}.{context.MethodName} {inner.GetInterfaceName()}.{inner.GetMethodName()}"
            : $"{context.InterfaceName}.{context.MethodName}";

    /// <summary>
    /// The grain called, as both ends name it. Of what belongs to a silo itself only the kind: a tool knows its silo by the address of the gateway, and the
    /// silo by another.
    /// </summary>
    public static string GrainOf(IGrainCallContext context) =>
        context.TargetId.IsSystemTarget() ? context.TargetId.Type.ToString()! : context.TargetId.ToString();

    /// <summary>The role needed; none where nobody from outside may call.</summary>
    public static CallerRole RoleFor(IGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType == typeof(IAsyncEnumerableGrainExtension))
        {
            // To begin a stream is to call the method that it comes from. Who goes on with it knows an id that only the beginner has.
            return context.InterfaceMethod.Name switch
            {
                nameof(IAsyncEnumerableGrainExtension.StartEnumeration) when Enumerated(context.Request) is { } inner =>
                    RoleOf(inner.GetMethod()),
                nameof(IAsyncEnumerableGrainExtension.MoveNext)
                or nameof(IAsyncEnumerableGrainExtension.DisposeAsync) => CallerRole.Viewer,
                _ => CallerRole.None,
            };
        }

        return context.InterfaceMethod.DeclaringType?.FullName switch
        {
            // How a client learns which grains there are.
            Manifest => CallerRole.Viewer,
            // Whoever may call may call it off: its own calls, since the sender's id is part of what is called off.
            Cancellation => OwnCall(context) ? CallerRole.Viewer : CallerRole.None,
            _ => RoleOf(context.InterfaceMethod),
        };
    }

    private static bool OwnCall(IGrainCallContext context) =>
        context is IIncomingGrainCallContext { SourceId: { } sender }
        && context.Request.GetArgumentCount() > 0
        && context.Request.GetArgument(0) is GrainId called
        && called == sender;

    private static CallerRole RoleOf(MethodInfo method) =>
        s_roles.GetOrAdd(
            method.IsGenericMethod ? method.GetGenericMethodDefinition() : method,
            static method => method.GetCustomAttribute<RequiresRoleAttribute>()?.Role ?? CallerRole.None
        );

    private static IInvokable? Enumerated(IInvokable request)
    {
        for (var index = 0; index < request.GetArgumentCount(); index++)
        {
            if (request.GetArgument(index) is IInvokable inner)
            {
                return inner;
            }
        }

        return null;
    }
}
