using CsCheck;
using Spotter.Exercises;
using Spotter.Explanation;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;

namespace Spotter.Tests.Explanation;

[Collection(nameof(PressPack))]
public sealed class FaultMatchingTests(PressPack pack)
{
    private static readonly FaultSignatures Signatures = FaultSignatures.Find("shoulder-press")!;

    public static TheoryData<string> Exercises => [.. ExerciseDefinition.Names];

    [Fact]
    public void Find_ExerciseWithoutSignatures_IsNull() => Assert.Null(FaultSignatures.Find("taught-by-a-coach"));

    [Theory]
    [MemberData(nameof(Exercises))]
    public void ShippedSignatures_NameFaultsThatAMeasureTellsWhichMayBeSpokenOf(string name)
    {
        var (exercise, signatures) = (ExerciseDefinition.Load(name), FaultSignatures.Find(name)!);

        Assert.Equal(name, signatures.Exercise);
        Assert.Equal(exercise.Measures.Keys.Order(), signatures.Views.Select(view => view.View));
        foreach (var view in signatures.Views)
        {
            Assert.All(view.Measures, measure => Assert.Contains(view.View, MeasureCatalogue.Get(measure).Views));
            Assert.Equal(view.Measures.Count, view.Correlation.Length);
            Assert.All(view.Faults, fault => Assert.Equal(view.Measures.Count, fault.Effect.Length));
            Assert.All(view.Faults, fault => Assert.Contains(view.Measures, measure => fault.ShownBy?.Contains(measure)
                ?? (MeasureCatalogue.Get(measure).FaultBelow == fault.Kind || MeasureCatalogue.Get(measure).FaultAbove == fault.Kind)));
        }
    }

    // The same measure means another fault in another exercise, and only on the side that the fault drives it to.
    [Theory]
    [InlineData("bicep-curl", "elbow-flexion-degrees", false, "short-top")]
    [InlineData("bicep-curl", "elbow-flexion-degrees", true, null)]
    [InlineData("front-raise", "elbow-flexion-degrees", true, "no-lockout")]
    [InlineData("front-raise", "elbow-flexion-degrees", false, null)]
    [InlineData("front-raise", "wrist-height-top", true, "short-top")]
    [InlineData("triceps-pushdown", "elbow-extension-degrees", true, "no-lockout")]
    [InlineData("triceps-pushdown", "upper-arm-swing-degrees", false, "elbows-forward")]
    [InlineData("shoulder-shrug", "shoulder-rise", true, "short-rise")]
    public void Named_MeasureOutside_IsTheFaultOfItsExercise(string exercise, string measure, bool low, string? fault)
    {
        var view = FaultSignatures.Find(exercise)!.Views[0];
        var cause = new Cause("?", MeasureCatalogue.Get(measure), new MeasureBand(measure, 0, 0.5, 1, 10), low ? -1 : 2, BodySides.Both, new Dictionary<string, double>());

        Assert.Equal(fault is null ? [] : [fault], view.Named([cause]).Select(named => named.Name));
    }

    [Fact]
    public void Named_LeaningBackInACurl_IsToldByTheLeanWhereItIsOutside()
    {
        var view = FaultSignatures.Find("bicep-curl")!.Views[0];
        Cause[] outside = [.. new[] { "trunk-sway-degrees", "trunk-lean-degrees" }.Select(name => new Cause(
            "?", MeasureCatalogue.Get(name), new MeasureBand(name, 0, 0.5, 1, 10), 2, BodySides.Both, new Dictionary<string, double>()))];

        Assert.Equal("trunk-lean-degrees", view.Named(outside).Single(cause => cause.Name == "lean-back").Measure.Name);
        Assert.Equal("trunk-sway-degrees", view.Named(outside).Single(cause => cause.Name == "sway").Measure.Name);
    }

    [Fact]
    public void Find_OneSignature_IsFoundWithItsSizeAndExplainsAll()
    {
        var model = new ViewModel(pack.Pack.Find(View.Front)!);
        var view = Signatures.Views[0];
        var causes = Kinds(view, model, [.. view.Faults.Select(fault => fault.Kind).Distinct()]);
        Gen.Select(Gen.Int[0, view.Faults.Count - 1], Gen.Double[0.5, 3]).Sample((index, size) =>
        {
            var planted = view.Faults[index];
            var matched = new FaultMatching(view, model, Measures(view, model, (planted, size))).Find(causes, 3, 0.05);

            var first = Assert.Single(matched);
            Assert.Equal(planted.Kind, first.Signature.Kind);
            Assert.Equal(planted.Side, first.Signature.Side);
            Assert.Equal(1, first.Explained, 6);
        });
    }

    [Fact]
    public void Find_TwoSignatures_AreBothFound()
    {
        var model = new ViewModel(pack.Pack.Find(View.Front)!);
        var view = Signatures.Views[0];
        var (one, other) = (view.Faults.First(fault => fault.Kind == "no-lockout"), view.Faults.First(fault => fault.Kind == "wrist-off"));
        var matched = new FaultMatching(view, model, Measures(view, model, (one, 1), (other, 1))).Find(Kinds(view, model, "no-lockout", "wrist-off", "rush"), 3, 1e-6);

        Assert.Equal(["no-lockout", "wrist-off"], matched.Take(2).Select(fault => fault.Signature.Kind).Order());
    }

    [Fact]
    public void Whiten_AnyPositiveDefiniteMatrix_GivesTheMahalanobisLength() => Gen.Double[-1, 1].Array[3].Array[3].Sample(rows =>
    {
        double[][] matrix = [.. Enumerable.Range(0, 3).Select(a => Enumerable.Range(0, 3).Select(b => (a == b ? 0.5 : 0) + rows.Sum(row => row[a] * row[b])).ToArray())];
        double[] solution = [1, -2, 0.5];
        double[] right = [.. matrix.Select(row => row.Zip(solution, (a, x) => a * x).Sum())];

        // bᵀ A⁻¹ b = bᵀ x
        Assert.Equal(right.Zip(solution, (b, x) => b * x).Sum(), new CholeskyFactor(matrix).Whiten(right).Sum(value => value * value), 1e-6);
    });

    // A cause for each kind of fault: the first measure that shows it, far on its side.
    private static Cause[] Kinds(ViewSignatures view, ViewModel model, params string[] kinds) =>
    [
        .. from kind in kinds
           let measure = view.Measures.Select(MeasureCatalogue.Get).First(measure => measure.FaultBelow == kind || measure.FaultAbove == kind)
           let band = model.Bands.First(band => band.Measure == measure.Name)
           select new Cause(kind, measure, band, measure.FaultBelow == kind ? band.Low - 1 : band.High + 1, BodySides.Both, new Dictionary<string, double>()),
    ];

    // The middle of correct repetitions with faults added.
    private static MeasureVector Measures(ViewSignatures view, ViewModel model, params (FaultSignature Fault, double Size)[] faults)
    {
        Dictionary<string, MeasureValue> values = new(StringComparer.Ordinal);
        for (var at = 0; at < view.Measures.Count; at++)
        {
            var name = view.Measures[at];
            var moved = faults.Sum(fault => fault.Fault.Effect[at] * fault.Size);
            var value = MeasureCatalogue.Get(name).ComparesArms ? moved : model.Bands.First(band => band.Measure == name).Middle + moved;
            values[name] = new MeasureValue(Math.Abs(value), value, -value);
            if (!MeasureCatalogue.Get(name).ComparesArms)
            {
                values[name] = new MeasureValue(value, value, value);
            }
        }

        return new MeasureVector(view.View, values);
    }
}
