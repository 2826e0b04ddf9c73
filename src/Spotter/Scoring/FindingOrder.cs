namespace Spotter.Scoring;

/// <summary>
/// One order of findings everywhere, in reports, on clips and on pages: within a repetition that of the report, over several repetitions by how often and how far ahead
/// each is said.
/// </summary>
public static class FindingOrder
{
    /// <summary>How much a finding counts by its place among those of its repetition.</summary>
    /// <param name="place">0 for the first.</param>
    public static double Weight(int place) => 1.0 / (place + 1);
}
