using System.CommandLine;

var root = new RootCommand("Spotter judges exercise repetitions from a video clip.");
return await root.Parse(args).InvokeAsync();
