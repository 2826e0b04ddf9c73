using Spotter.Bench;

switch (args)
{
    case ["one-class-svm"]:
        return OneClassSvmBench.Run();
    default:
        Console.Error.WriteLine("usage: Spotter.Bench one-class-svm");
        return 2;
}
