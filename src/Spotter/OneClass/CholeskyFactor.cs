namespace Spotter.OneClass;

/// <summary>Solves equations with a small symmetric positive definite matrix.</summary>
internal sealed class CholeskyFactor
{
    private readonly double[][] lower;

    /// <summary>Factorises A = L · Lᵀ.</summary>
    /// <param name="matrix">n × n; only the lower half is read.</param>
    /// <exception cref="ArgumentException">The matrix is not positive definite.</exception>
    public CholeskyFactor(double[][] matrix)
    {
        lower = Array.ConvertAll(matrix, row => new double[row.Length]);
        for (var row = 0; row < matrix.Length; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var rest = matrix[row][column];
                for (var at = 0; at < column; at++)
                {
                    rest -= lower[row][at] * lower[column][at];
                }

                if (row == column && rest <= 0)
                {
                    throw new ArgumentException("The matrix is not positive definite.", nameof(matrix));
                }

                lower[row][column] = row == column ? Math.Sqrt(rest) : rest / lower[column][column];
            }
        }
    }

    /// <summary>L.</summary>
    public double[][] Lower => lower;

    /// <summary>L⁻¹ · b: correlated numbers become uncorrelated ones.</summary>
    public double[] Whiten(ReadOnlySpan<double> values)
    {
        var result = values.ToArray();
        for (var row = 0; row < result.Length; row++)
        {
            for (var at = 0; at < row; at++)
            {
                result[row] -= lower[row][at] * result[at];
            }

            result[row] /= lower[row][row];
        }

        return result;
    }
}
