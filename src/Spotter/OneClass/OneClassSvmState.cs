using System.Numerics.Tensors;

namespace Spotter.OneClass;

/// <summary>The numbers of a fitted <see cref="OneClassSvm"/>, as packs store them.</summary>
public sealed record OneClassSvmState
{
    /// <summary>ν it was fitted with.</summary>
    public required double Nu { get; init; }

    /// <summary>γ of the kernel exp(−γ‖x − y‖²).</summary>
    public required double Gamma { get; init; }

    /// <summary>ρ: the score at the boundary.</summary>
    public required double Offset { get; init; }

    /// <summary>Weight of each support vector, in (0, 1].</summary>
    public required double[] DualCoefficients { get; init; }

    /// <summary>Support vectors, S × d.</summary>
    public required double[][] SupportVectors { get; init; }

    /// <exception cref="ArgumentException">The numbers do not describe a machine.</exception>
    internal void Validate()
    {
        ThrowUnless(Nu is > 0 and <= 1, "its ν is not in (0, 1]");
        ThrowUnless(double.IsFinite(Gamma) && Gamma > 0, "its γ is not positive");
        ThrowUnless(double.IsFinite(Offset) && Offset > 0, "its offset is not positive");
        ThrowUnless(SupportVectors is { Length: > 0 } && SupportVectors[0] is { Length: > 0 }, "it has no support vectors");
        ThrowUnless(DualCoefficients?.Length == SupportVectors.Length, "it has not one coefficient for each support vector");
        ThrowUnless(DualCoefficients!.All(value => value is > 0 and <= 1), "a dual coefficient is not in (0, 1]");
        ThrowUnless(
            SupportVectors.All(row => row?.Length == SupportVectors[0].Length && TensorPrimitives.IsFiniteAll<double>(row)),
            "its support vectors differ in length or are not finite");
    }

    private static void ThrowUnless(bool valid, string fault)
    {
        if (!valid)
        {
            throw new ArgumentException($"This is not a fitted one-class SVM: {fault}.");
        }
    }
}
