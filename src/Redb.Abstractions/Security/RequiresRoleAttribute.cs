namespace Redb.Abstractions.Security;

/// <summary>
/// Says which role a call from outside the cluster needs to reach a grain's method. A method without it is for grains only: from outside it is
/// refused whoever calls.
/// </summary>
/// <param name="role">The lowest role that may call.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresRoleAttribute(CallerRole role) : Attribute
{
    /// <summary>The lowest role that may call.</summary>
    public CallerRole Role { get; } = role;
}
