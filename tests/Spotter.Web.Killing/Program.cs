using Spotter.Web.Killing;

// A worker of its own, made to be killed; its trial starts it.
return await KillableWorker.RunAsync(args);
