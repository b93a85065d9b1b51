namespace Redb.Security.Calls;

/// <summary>Puts the silo's seal on every call that grains make, and takes it off those to clients.</summary>
internal sealed class SealingFilter(SiloSeal seal) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.TargetId.IsClient())
        {
            RequestContext.Remove(SiloSeal.Key);
        }
        else
        {
            RequestContext.Set(SiloSeal.Key, seal.Own);
        }

        return context.Invoke();
    }
}
