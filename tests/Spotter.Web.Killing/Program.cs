using Spotter.Web.Killing;

// A worker or a server of its own, made to be killed; its trial starts it.
return args is [ServedProcess.Command, var data] ? await ServedProcess.RunAsync(data) : await KillableWorker.RunAsync(args);
