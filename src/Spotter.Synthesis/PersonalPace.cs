namespace Spotter.Synthesis;

/// <summary>
/// How unevenly one person lifts, correctly as well: quick or slow, quicker one way than the other, with a place on either way where it slows down or halts. How much people
/// differ follows recorded correct repetitions (docs/decisions.md).
/// </summary>
internal sealed class PersonalPace
{
    private const double LeastReach = 0.1;
    private const double LargestReach = 0.25;
    private readonly SeededRandom random;
    private readonly double amount;
    private readonly double away;
    private readonly double turn;
    private readonly double back;
    private readonly double rest;
    private readonly WayPace awayPace;
    private readonly WayPace backPace;

    /// <summary>Draws a person.</summary>
    /// <param name="random">Where this person's and the repetitions' differences come from.</param>
    /// <param name="amount">1: as unevenly as people lift; 0: every way at one pace.</param>
    public PersonalPace(SeededRandom random, double amount)
    {
        (this.random, this.amount) = (random, amount);
        var tempo = Times(0.25);
        away = tempo * Times(0.15);
        turn = tempo * Times(0.6);
        back = tempo * Times(0.2);
        rest = tempo * Times(0.4);
        awayPace = DrawWay();
        backPace = DrawWay();
    }

    /// <summary>The style of this person's next repetition.</summary>
    public ExerciseStyle Next(ExerciseStyle style)
    {
        var (awayNow, backNow) = (Another(awayPace), Another(backPace));
        return style with
        {
            AwaySeconds = style.AwaySeconds * away * Times(0.08) * awayNow.Stretch,
            TurnSeconds = style.TurnSeconds * turn * Times(0.3),
            BackSeconds = style.BackSeconds * back * Times(0.08) * backNow.Stretch,
            RestSeconds = style.RestSeconds * rest * Times(0.3),
            AwayPace = awayNow,
            BackPace = backNow,
        };
    }

    private double Times(double deviation) => Math.Exp(deviation * amount * Math.Clamp(random.Normal(), -2, 2));

    private WayPace DrawWay()
    {
        var reach = random.Uniform(LeastReach, LargestReach);
        return new WayPace(random.Uniform(reach, 1 - reach), Math.Min(amount * random.Uniform(), 1), reach);
    }

    // A person slows down at about the same place each time, not always as much.
    private WayPace Another(WayPace pace) => pace with
    {
        Middle = Math.Clamp(pace.Middle + (0.05 * amount * random.Normal()), pace.Reach, 1 - pace.Reach),
        Depth = Math.Clamp(pace.Depth + (0.2 * amount * random.Normal()), 0, 1),
    };
}
