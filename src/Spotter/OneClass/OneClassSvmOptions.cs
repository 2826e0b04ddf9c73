namespace Spotter.OneClass;

/// <summary>How a one-class SVM is fitted.</summary>
public sealed record OneClassSvmOptions
{
    /// <summary>
    /// ν, above 0 and at most 1: an upper bound on the share of training samples outside the boundary and a lower bound on the share of
    /// support vectors.
    /// </summary>
    public double Nu { get; init; } = 0.1;

    /// <summary>γ of the kernel exp(−γ‖x − y‖²), positive; null takes <see cref="GammaScale"/> ÷ (features × variance of all values).</summary>
    public double? Gamma { get; init; }

    /// <summary>Multiple of scikit-learn's "scale" rule that is used when <see cref="Gamma"/> is null; positive.</summary>
    public double GammaScale { get; init; } = 1;

    /// <summary>The largest violation of the optimality conditions at which the optimisation stops; positive.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Memory for cached kernel rows, in megabytes; two rows are always kept.</summary>
    public double CacheMegabytes { get; init; } = 200;

    /// <summary>Whether samples that have settled at a bound are set aside while the rest is optimised.</summary>
    public bool Shrinking { get; init; } = true;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    internal void Validate()
    {
        ThrowUnless(Nu is > 0 and <= 1, nameof(Nu), Nu, "ν must be above 0 and at most 1.");
        ThrowUnless(Gamma is null || (double.IsFinite(Gamma.Value) && Gamma > 0), nameof(Gamma), Gamma, "γ must be positive.");
        ThrowUnless(double.IsFinite(GammaScale) && GammaScale > 0, nameof(GammaScale), GammaScale, "The scale of γ must be positive.");
        ThrowUnless(double.IsFinite(Tolerance) && Tolerance > 0, nameof(Tolerance), Tolerance, "The tolerance must be positive.");
        ThrowUnless(double.IsFinite(CacheMegabytes) && CacheMegabytes >= 0, nameof(CacheMegabytes), CacheMegabytes, "The cache size cannot be negative.");
    }

    private static void ThrowUnless(bool valid, string name, object? value, string message)
    {
        if (!valid)
        {
            throw new ArgumentOutOfRangeException(name, value, message);
        }
    }
}
