using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;

namespace Spotter.Web.S3;

/// <summary>Clips in any S3 store. Each file's MD5 checksum travels with it: the store compares it with what arrives, and we compare it with what we read.</summary>
public sealed class S3ClipStore : IClipStore, IDisposable
{
    private const string ChecksumKey = "md5";
    private const int KeptInMemory = 1 << 20;

    private readonly IAmazonS3 client;
    private readonly S3Location place;
    private readonly Patience patience;
    private volatile bool knowsConditions = true;

    internal S3ClipStore(IAmazonS3 client, S3Location place, TimeProvider time) => (this.client, this.place, patience) = (client, place, new Patience(time));

    /// <summary>The clips at a place, with the usual environment variables of Amazon's tools. Nothing is asked of the store yet.</summary>
    /// <exception cref="BackEndException">The region is missing.</exception>
    public static S3ClipStore Open(S3Location place, TimeProvider? time = null)
    {
        try
        {
            return new S3ClipStore(new AmazonS3Client(S3Location.Settings()), place, time ?? TimeProvider.System);
        }
        catch (AmazonClientException e)
        {
            throw new BackEndException($"The S3 store cannot be used: {e.Message} Set AWS_REGION, or AWS_ENDPOINT_URL_S3 for a store other than Amazon's.", e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The store kept something else, or another file has the name.</exception>
    public async Task SaveAsync(ClipName name, string file, CancellationToken cancellationToken = default)
    {
        await using (var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous))
        {
            var size = content.Length;
            var checksum = await MD5.HashDataAsync(content, cancellationToken);
            content.Position = 0;
            var isOurs = await PutAsync(KeyOf(name), content, checksum, cancellationToken);
            await CheckAsync(KeyOf(name), size, checksum, isOurs, cancellationToken);
        }

        File.Delete(file);
    }

    /// <inheritdoc/>
    public async Task<StoredFile?> OpenAsync(ClipName name, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(KeyOf(name), cancellationToken) is not { } stored)
        {
            return null;
        }

        if (stored.ContentLength > KeptInMemory)
        {
            return new StoredFile(new RemoteStream(stored.ContentLength, ReaderOf(name, stored)), TimeOf(stored));
        }

        var content = new byte[stored.ContentLength];
        try
        {
            await ReaderOf(name, stored)(0, content, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null; // deleted since it was found
        }

        Require(MD5.HashData(content), stored, name);
        return new StoredFile(new MemoryStream(content, writable: false), TimeOf(stored));
    }

    /// <inheritdoc/>
    public async Task<string> FetchAsync(ClipName name, string scratch, CancellationToken cancellationToken = default)
    {
        var stored = await FindAsync(KeyOf(name), cancellationToken) ?? throw new FileNotFoundException("The clip is gone.", name.ToString());
        using var checksum = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var target = await LocalCopy.MakeAsync(name, scratch, stored.ContentLength, ReaderOf(name, stored), part => checksum.AppendData(part.Span), cancellationToken);
        Require(checksum.GetHashAndReset(), stored, name);
        return target;
    }

    /// <inheritdoc/>
    public Task DeleteJobAsync(string job, CancellationToken cancellationToken = default) => DeleteAllAsync($"{place.Beginning}{Checked(job)}/", cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAttemptAsync(string job, string attempt, CancellationToken cancellationToken = default) =>
        DeleteAllAsync($"{place.Beginning}{Checked(job)}/{Checked(attempt)}/", cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListJobsAsync(CancellationToken cancellationToken = default) => FoldersAsync(place.Beginning, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAttemptsAsync(string job, CancellationToken cancellationToken = default) =>
        await FoldersAsync($"{place.Beginning}{Checked(job)}/", cancellationToken).ToListAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static string Checked(string id) => JobId.IsValid(id) ? id : throw new ArgumentException("Not the id of a job.", nameof(id));

    private static DateTimeOffset TimeOf(GetObjectMetadataResponse stored) => stored.LastModified is { } time ? new DateTimeOffset(time.ToUniversalTime()) : DateTimeOffset.UnixEpoch;

    private static void Require(byte[] checksum, GetObjectMetadataResponse stored, ClipName name)
    {
        if (stored.Metadata[ChecksumKey] is { } expected && Convert.ToBase64String(checksum) != expected)
        {
            throw new IOException($"What was read of {name} is not what was stored: its checksum differs.");
        }
    }

    private string KeyOf(ClipName name) => place.Beginning + name;

    /// <returns>False where the name is taken.</returns>
    private async Task<bool> PutAsync(string key, FileStream content, byte[] checksum, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = place.Bucket,
            Key = key,
            InputStream = content,
            AutoCloseStream = false,
            ContentType = "application/octet-stream",
            MD5Digest = Convert.ToBase64String(checksum),
            UseChunkEncoding = false, // another thing that not every store knows
        };
        request.Metadata[ChecksumKey] = request.MD5Digest;
        for (var tries = 1; ; tries++)
        {
            content.Position = 0;
            request.IfNoneMatch = knowsConditions ? "*" : null;
            if (!knowsConditions && await FindAsync(key, cancellationToken) is not null)
            {
                return false;
            }

            try
            {
                await client.PutObjectAsync(request, cancellationToken);
                return true;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return false;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotImplemented && knowsConditions)
            {
                knowsConditions = false; // it is looked whether the name is taken: two that store the same name at the same moment do not see one another
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Conflict && tries < Patience.MostTries)
            {
                await patience.PauseAsync(tries, cancellationToken); // another request for this name is on its way, perhaps an earlier one of ours
            }
        }
    }

    private async Task CheckAsync(string key, long size, byte[] checksum, bool isOurs, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(key, cancellationToken) ?? throw new IOException($"The S3 store reported that it stored {key}, but does not have it.");
        if (stored.ContentLength == size && stored.Metadata[ChecksumKey] == Convert.ToBase64String(checksum) && Holds(stored, checksum))
        {
            return; // where the name was taken, by an earlier try whose answer was lost
        }

        if (!isOurs)
        {
            throw new IOException($"Another file is stored as {key} already. Stored files never change.");
        }

        await client.DeleteObjectAsync(place.Bucket, key, cancellationToken);
        throw new IOException($"The S3 store reported success, but kept {stored.ContentLength} bytes of {key} instead of {size}, or others. They were deleted.");
    }

    /// <summary>The store's own checksum. It is the MD5 of the content unless the store encrypts with keys of its customer.</summary>
    private static bool Holds(GetObjectMetadataResponse stored, byte[] checksum) =>
        (stored.ServerSideEncryptionMethod is { } method && method != ServerSideEncryptionMethod.None && method != ServerSideEncryptionMethod.AES256)
        || stored.ETag.Trim('"').Equals(Convert.ToHexString(checksum), StringComparison.OrdinalIgnoreCase);

    private async Task<GetObjectMetadataResponse?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetObjectMetadataAsync(place.Bucket, key, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private ReadRange ReaderOf(ClipName name, GetObjectMetadataResponse stored) => (offset, buffer, cancellationToken) =>
        patience.FillAsync((first, last) => OpenPartAsync(name, stored.ETag, new ByteRange(first, last), cancellationToken), offset, buffer, cancellationToken);

    private async Task<Stream> OpenPartAsync(ClipName name, string tag, ByteRange part, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetObjectRequest { BucketName = place.Bucket, Key = KeyOf(name), ByteRange = part, EtagToMatch = tag };
            return (await client.GetObjectAsync(request, cancellationToken)).ResponseStream; // its end is the end of the response
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException($"The stored file {name} is gone.", name.ToString(), e);
        }
    }

    private async Task DeleteAllAsync(string beginning, CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = place.Bucket, Prefix = beginning };
        await foreach (var page in client.Paginators.ListObjectsV2(request).Responses.WithCancellation(cancellationToken))
        {
            foreach (var found in page.S3Objects ?? [])
            {
                await client.DeleteObjectAsync(place.Bucket, found.Key, cancellationToken);
            }
        }
    }

    private async IAsyncEnumerable<string> FoldersAsync(string beginning, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = place.Bucket, Prefix = beginning, Delimiter = "/" };
        await foreach (var page in client.Paginators.ListObjectsV2(request).Responses.WithCancellation(cancellationToken))
        {
            foreach (var folder in page.CommonPrefixes ?? [])
            {
                if (folder[beginning.Length..^1] is var name && JobId.IsValid(name))
                {
                    yield return name;
                }
            }
        }
    }
}
