using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Spotter.Web.Firebase;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Firebase;

/// <summary>Tokens of a service account, from a token service of ours; and the options that lead there.</summary>
public sealed class FirebaseAccessTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> assertions = [];
    private WebApplication app = null!;
    private int status = 200;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            var form = await context.Request.ReadFormAsync();
            assertions.Add(form["assertion"].ToString());
            context.Response.StatusCode = status;
            await context.Response.WriteAsJsonAsync(status == 200
                ? new JsonObject { ["access_token"] = $"token-{assertions.Count}", ["expires_in"] = 3600, ["token_type"] = "Bearer" }
                : new JsonObject { ["error"] = "invalid_grant", ["error_description"] = "Account not found" });
        });
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Token_OfAServiceAccount_IsAskedForOnceWithTheScopesOfTheDatabase()
    {
        var access = FirebaseAccess.ForDatabase(Options());

        Assert.Equal(["token-1", "token-1"], [await access.TokenAsync(), await access.TokenAsync()]);

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(Assert.Single(assertions).Split('.')[1]))!;
        Assert.Equal("https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/firebase.database", claims["scope"]!.GetValue<string>());
        Assert.Equal("worker@my-project.iam.gserviceaccount.com", claims["iss"]!.GetValue<string>());
    }

    [Fact]
    public async Task Renew_TokenRefused_GivesANewOne()
    {
        var access = FirebaseAccess.ForStorage(Options());

        Assert.Equal("token-1", await access.TokenAsync());
        Assert.Equal("token-2", await access.RenewAsync());
        Assert.Equal("token-2", await access.TokenAsync());
    }

    [Theory]
    [InlineData(400, false, "service account")]
    [InlineData(500, true, "cannot be reached")]
    public async Task Token_NotGiven_SaysWhy(int answer, bool isTransient, string expected)
    {
        status = answer;

        var error = await Assert.ThrowsAsync<FirebaseException>(() => FirebaseAccess.ForDatabase(Options()).TokenAsync());

        Assert.Equal(isTransient, error.IsTransient);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_KeyFileDamaged_SaysWhatToDo()
    {
        var options = Options();
        File.WriteAllText(options.ServiceAccountFile!, "{}");

        var error = await Assert.ThrowsAsync<FirebaseException>(() => FirebaseAccess.ForDatabase(options).TokenAsync());

        Assert.Contains(FirebaseOptions.ServiceAccountVariable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_Emulator_IsTheOwners()
    {
        var options = Options() with { DatabaseEmulator = "127.0.0.1:9000", StorageEmulator = "127.0.0.1:9199" };

        Assert.Equal("owner", await FirebaseAccess.ForDatabase(options).TokenAsync());
        Assert.Equal("owner", await FirebaseAccess.ForStorage(options).TokenAsync());
        Assert.Empty(assertions);
    }

    [Fact]
    public void Options_FromTheEnvironment_AreRead()
    {
        var options = Read(new()
        {
            ["FIREBASE_CONFIG"] = """{"databaseURL": "https://my-project-default-rtdb.europe-west1.firebasedatabase.app", "storageBucket": "my-project.appspot.com"}""",
            ["FIREBASE_DATABASE_EMULATOR_HOST"] = "localhost:9000",
            ["FIREBASE_STORAGE_EMULATOR_HOST"] = "localhost:9199",
        });

        Assert.Equal(("my-project-default-rtdb", "my-project.appspot.com"), (options.DatabaseName, options.Bucket));
        Assert.Equal(("http://localhost:9000/", "http://localhost:9199/"), (options.DatabaseEndpoint.ToString(), options.StorageEmulatorEndpoint!.ToString()));
    }

    [Theory]
    [InlineData("not an address", "b", null, "looks like")]
    [InlineData("https://x.firebaseio.com/node", "b", null, "nothing behind the host")]
    [InlineData("http://x.firebaseio.com", "b", null, "https")]
    [InlineData("https://x.firebaseio.com", "gs://b", null, "without gs://")]
    [InlineData("https://x.firebaseio.com", "b", "/no/such/file.json", "does not exist")]
    [InlineData(null, "b", null, "--firebase-database")]
    [InlineData("https://x.firebaseio.com", null, null, "--firebase-bucket")]
    public void Options_Wrong_SayWhatToDo(string? url, string? bucket, string? file, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => FirebaseOptions.Read(url, bucket, file, _ => null));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FIREBASE_DATABASE_EMULATOR_HOST")]
    [InlineData("FIREBASE_STORAGE_EMULATOR_HOST")]
    public void Options_OneEmulatorOfTwo_AreRefused(string variable)
    {
        var error = Assert.Throws<ArgumentException>(() => Read(new()
        {
            ["FIREBASE_CONFIG"] = """{"databaseURL": "https://x.firebaseio.com", "storageBucket": "b"}""",
            [variable] = "localhost:9000",
        }));

        Assert.Contains("FIREBASE_DATABASE_EMULATOR_HOST", error.Message, StringComparison.Ordinal);
        Assert.Contains("FIREBASE_STORAGE_EMULATOR_HOST", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_EmulatorWithScheme_AreRefused() => Assert.Throws<ArgumentException>(() => Read(new()
    {
        ["FIREBASE_CONFIG"] = """{"databaseURL": "https://x.firebaseio.com", "storageBucket": "b"}""",
        ["FIREBASE_DATABASE_EMULATOR_HOST"] = "http://localhost:9000",
        ["FIREBASE_STORAGE_EMULATOR_HOST"] = "localhost:9199",
    }));

    private static FirebaseOptions Read(Dictionary<string, string> environment) => FirebaseOptions.Read(environment: name => environment.GetValueOrDefault(name));

    private FirebaseOptions Options()
    {
        using var key = RSA.Create(2048);
        var file = folder.File("account.json");
        File.WriteAllText(file, new JsonObject
        {
            ["type"] = "service_account",
            ["project_id"] = "my-project",
            ["private_key_id"] = "1",
            ["private_key"] = key.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = "worker@my-project.iam.gserviceaccount.com",
            ["client_id"] = "1",
            ["token_uri"] = app.Urls.First() + "/token",
        }.ToJsonString());
        return FirebaseOptions.Read("https://my-project-default-rtdb.firebaseio.com", "my-project.appspot.com", file, _ => null);
    }
}
