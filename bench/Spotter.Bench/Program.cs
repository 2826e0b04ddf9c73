Console.Error.WriteLine("usage: Spotter.Bench STAGE");
return 2;
