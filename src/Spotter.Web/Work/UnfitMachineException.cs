namespace Spotter.Web.Work;

/// <summary>This machine lacks something for a job that another may have, such as a pack; the message says what.</summary>
internal sealed class UnfitMachineException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether it is an exercise that is learnt again after an upgrade: then waiting helps without another machine, too.</summary>
    public bool IsBeingLearnt { get; init; }
}
