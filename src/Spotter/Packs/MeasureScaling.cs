namespace Spotter.Packs;

/// <summary>In which units measures are compared, so that one outweighs no other.</summary>
public enum MeasureScaling
{
    /// <summary>Each in its standard deviation over the correct repetitions that are learnt from.</summary>
    OwnDeviation,

    /// <summary>In the deviation that it has over those together with the one that it has over people of the mannequin; the harmless side of one-sided measures counts as the mean.</summary>
    PeopleAdded,

    /// <summary>In its deviation over people of the mannequin, freed of how measures hang together there; in its own deviation where the mannequin does not know the exercise.</summary>
    PeoplesMetric,
}
