using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spotter.Web.Jobs;
using Spotter.Web.Postgres;
using Spotter.Web.S3;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Postgres;

/// <summary>Jobs in PostgreSQL and clips in an S3 store: a server takes a clip, a worker that shares no folder with it judges it. The work itself is a stand-in.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresWithS3Tests(PostgresServer postgres, NodeServers servers)
{
    [Fact]
    public async Task Clip_HandedInToAServer_IsJudgedByAWorkerElsewhereAndDeleted()
    {
        using var folder = new TemporaryFolder();
        var place = S3Location.Parse($"s3://clips/serving-{Guid.NewGuid():N}");
        var s3 = servers.S3.AbsoluteUri;
        var open = PostgresBackEnd.With(await postgres.NewSchemaAsync(), setting => new S3ClipStore(
            new AmazonS3Client(new BasicAWSCredentials("S3RVER", "S3RVER"), S3Location.Settings(name => name == "AWS_ENDPOINT_URL" ? s3 : null)), place, setting.Time));
        await using var server = await TestServer.StartAsync(serve => serve with { BackEnd = open, Workers = 0 });
        var worker = await WorkerHost.StartAsync(new WorkerOptions { BackEnd = open, Folder = folder.File("work") }, QuickWork.Replace);
        await using var closing = (IAsyncDisposable)worker;
        worker.Services.GetRequiredService<QuickWork>().Gate.Release(1);

        var id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!;
        var done = await server.WaitAsync(id);

        Assert.Equal("done", done.GetProperty("state").GetString());
        Assert.Equal("{}", await server.Client.GetStringAsync($"/api/clips/{id}/report"));
        Assert.Equal(await File.ReadAllBytesAsync(Samples.Good), await server.Client.GetByteArrayAsync($"/api/clips/{id}/files/clip"));
        using var deleted = await server.Client.DeleteAsync($"/api/clips/{id}");
        Assert.True(deleted.IsSuccessStatusCode);
        Assert.Empty(await server.Services.GetRequiredService<Web.Clips.IClipStore>().ListJobsAsync().ToListAsync());
        Assert.Null(await server.Services.GetRequiredService<IJobStore>().FindAsync(id));
        await worker.StopAsync();
    }
}
