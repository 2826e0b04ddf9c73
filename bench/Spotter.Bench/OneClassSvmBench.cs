using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Spotter.OneClass;

namespace Spotter.Bench;

/// <summary>Fits a one-class SVM on 5,000 × 256 samples, in turn with LIBSVM (scikit-learn) where Python has it; both on one thread.</summary>
internal static class OneClassSvmBench
{
    private const int Samples = 5000;
    private const int Features = 256;
    private const int Rounds = 5;

    public static int Run()
    {
        var data = MakeSamples();
        using var libsvm = Libsvm.TryStart(data);
        Console.WriteLine($"one-class SVM, {Samples} x {Features}, tolerance 1e-3, {Rounds} rounds, median CPU seconds (wall)");
        Console.WriteLine("  nu     Spotter         LIBSVM          ratio   largest difference of decision values");
        OneClassSvm.Fit(data[..500]);
        foreach (var nu in new[] { 0.05, 0.1, 0.3 })
        {
            var (ours, theirs) = (new List<(double Wall, double Cpu)>(), new List<(double Wall, double Cpu)>());
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(Time(() => OneClassSvm.Fit(data, new OneClassSvmOptions { Nu = nu })));
                if (libsvm is not null)
                {
                    var (wall, cpu, _) = libsvm.Fit(nu, 1e-3);
                    theirs.Add((wall, cpu));
                }
            }

            var line = string.Create(CultureInfo.InvariantCulture, $"  {nu,-6} {Describe(ours)}");
            if (libsvm is not null)
            {
                var ratio = Median(ours.Select(run => run.Cpu)) / Median(theirs.Select(run => run.Cpu));
                line += string.Create(CultureInfo.InvariantCulture, $"  {Describe(theirs)}  {ratio:F2}    {LargestDifference(libsvm, data, nu):E1}");
            }

            Console.WriteLine(line);
        }

        if (libsvm is null)
        {
            Console.WriteLine("  LIBSVM was not compared: no python3 with scikit-learn (Debian: python3-sklearn).");
        }

        return 0;
    }

    private static double LargestDifference(Libsvm libsvm, double[][] data, double nu)
    {
        var expected = libsvm.Fit(nu, 1e-9).Decision;
        var machine = OneClassSvm.Fit(data, new OneClassSvmOptions { Nu = nu, Tolerance = 1e-9 });
        return expected.Select((value, i) => Math.Abs(value - machine.DecisionFunction(data[i]))).Max();
    }

    private static (double Wall, double Cpu) Time(Action action)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        action();
        process.Refresh();
        return (clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - cpu).TotalSeconds);
    }

    private static string Describe(IEnumerable<(double Wall, double Cpu)> runs) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(runs.Select(run => run.Cpu)):F2} ({Median(runs.Select(run => run.Wall)):F2})   ");

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    // Clusters of unequal width, as pooled network features have.
    private static double[][] MakeSamples()
    {
        var random = new Random(20);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] centres = [.. Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, Features).Select(_ => Normal()).ToArray())];
        return [.. Enumerable.Range(0, Samples).Select(i => Array.ConvertAll(centres[i % 12], centre => centre + (0.5 * Normal())))];
    }

    private sealed class Libsvm : IDisposable
    {
        private readonly Process process;
        private readonly string data;

        private Libsvm(Process process, string data)
        {
            this.process = process;
            this.data = data;
        }

        public static Libsvm? TryStart(double[][] samples)
        {
            var path = Path.GetTempFileName();
            using (var file = File.Create(path))
            {
                foreach (var sample in samples)
                {
                    file.Write(MemoryMarshal.AsBytes<double>(sample));
                }
            }

            var script = Path.Combine(AppContext.BaseDirectory, "one_class_svm_libsvm.py");
            foreach (var python in new[] { "/usr/bin/python3", "python3" })
            {
                var start = new ProcessStartInfo(python, [script, path, $"{Samples}", $"{Features}"])
                {
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                };
                foreach (var library in new[] { "OPENBLAS", "OMP", "MKL", "BLIS" })
                {
                    start.Environment[$"{library}_NUM_THREADS"] = "1";
                }

                if (File.Exists(python) || python == "python3")
                {
                    var started = Process.Start(start)!;
                    if (started.StandardOutput.ReadLine() == "ready")
                    {
                        return new Libsvm(started, path);
                    }

                    started.Dispose();
                }
            }

            File.Delete(path);
            return null;
        }

        public (double Wall, double Cpu, double[] Decision) Fit(double nu, double tolerance)
        {
            process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{nu} {tolerance}"));
            var answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("LIBSVM's process ended.");
            double[] numbers = [.. answer.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            return (numbers[0], numbers[1], numbers[2..]);
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
            File.Delete(data);
        }
    }
}
