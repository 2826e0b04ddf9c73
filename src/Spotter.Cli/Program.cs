using System.CommandLine;
using Spotter.Cli;
using Spotter.Cli.Commands;

var root = new RootCommand("Spotter judges exercise repetitions from a video clip: which joint, at which moment, by how much is off.")
{
    CommandLine.Language,
    AnalyzeCommand.Create(),
    PoseCommand.Create(),
    ExercisesCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    SynthCommand.Create(),
    ServeCommand.Create(),
    WorkerCommand.Create(),
    DoctorCommand.Create(),
};

return await CommandLine.RunAsync(root, args);
