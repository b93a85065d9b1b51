namespace Redb.Hosting.Service.Supervision;

/// <summary>How a supervisor answered a registration.</summary>
internal abstract record RegistrationAnswer
{
    private RegistrationAnswer() { }

    /// <summary>It knows the service now.</summary>
    public sealed record Accepted : RegistrationAnswer;

    /// <summary>It does not want the service.</summary>
    public sealed record Refused(string Reason) : RegistrationAnswer;

    /// <summary>It could not be asked.</summary>
    public sealed record Unreachable(string Reason) : RegistrationAnswer;
}
