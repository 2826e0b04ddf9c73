using System.Collections.Concurrent;
using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using Google.Apis.Auth.OAuth2;
using Spotter.Tests;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Storage;
using Spotter.Web.S3;

[assembly: AssemblyFixture(typeof(Spotter.Web.Tests.Serving.NodeServers))]

namespace Spotter.Web.Tests.Serving;

/// <summary>The servers in tests/servers, each started when first needed and stopped with the test run. ./test installs what they need.</summary>
public sealed class NodeServers : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Running>> servers = new(StringComparer.Ordinal);

    /// <summary>Google's storage emulator, for service accounts.</summary>
    public Uri FirebaseStorage => Start("firebase-storage.js");

    /// <summary>Google's storage emulator, which lets signed-in people do what firebase/storage.rules allows.</summary>
    public Uri FirebaseStorageWithRules => Start("firebase-storage.js", Path.Combine(SharedData.Repository, "firebase", "storage.rules"));

    /// <summary>Answers what firebase/database.rules.json allows.</summary>
    public Uri DatabaseRules => Start("database-rules.js", Path.Combine(SharedData.Repository, "firebase", "database.rules.json"));

    /// <summary>An S3 server with a bucket "clips", for whoever signs as S3RVER with the secret S3RVER.</summary>
    public Uri S3 => Start("s3.js");

    /// <summary>Clips at a place in the S3 server.</summary>
    internal S3ClipStore OpenS3(string place, string user = "S3RVER")
    {
        var endpoint = S3.AbsoluteUri;
        return new S3ClipStore(
            new AmazonS3Client(new BasicAWSCredentials(user, "S3RVER"), S3Location.Settings(name => name == "AWS_ENDPOINT_URL" ? endpoint : null)), S3Location.Parse(place), TimeProvider.System);
    }

    /// <summary>Clips in a bucket of its own in Google's storage emulator.</summary>
    /// <param name="fault">What becomes of each request; null to send it.</param>
    internal FirebaseClipStore OpenFirebaseStorage(Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>>? fault = null) =>
        new(new StorageBucket(
            FirebaseStorage, $"trial-{Guid.NewGuid():N}", FirebaseAccess.With(new Token()), TimeProvider.System, new FaultyHandler(fault ?? ((_, send) => send()))));

    /// <summary>Starts a script and returns the address that it prints; skips the running test where Node.js or its packages are missing.</summary>
    public Uri Start(string script, params string[] arguments) =>
        servers.GetOrAdd($"{script} {string.Join(' ', arguments)}", _ => new Lazy<Running>(() => new Running(script, arguments))).Value.Address;

    public void Dispose()
    {
        foreach (var server in servers.Values.Where(server => server.IsValueCreated))
        {
            server.Value.Dispose();
        }
    }

    private sealed class Running : IDisposable
    {
        private readonly Process process;

        public Running(string script, string[] arguments)
        {
            var folder = Path.Combine(SharedData.Repository, "tests", "servers");
            Assert.SkipUnless(
                File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")), "needs the packages of tests/servers. Run ./test, or npm ci --ignore-scripts in that folder");
            var start = new ProcessStartInfo("node", [script, .. arguments])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true, // its end, also by our death, ends the server
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            process = Process.Start(start)!;
            Address = new Uri(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{script} did not start."));
        }

        public Uri Address { get; }

        public void Dispose()
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }
    }
    private sealed class Token : ITokenAccess
    {
        public Task<string> GetAccessTokenForRequestAsync(string? authUri = null, CancellationToken cancellationToken = default) => Task.FromResult("a token");
    }
}
