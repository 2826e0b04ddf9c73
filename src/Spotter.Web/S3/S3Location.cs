using Amazon.Runtime;
using Amazon.S3;

namespace Spotter.Web.S3;

/// <summary>Where clips lie in an S3 store.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Beginning">What all names begin with: empty, or ending with a slash.</param>
public sealed record S3Location(string Bucket, string Beginning)
{
    private const string Scheme = "s3://";
    private const int ShortestBucket = 3;

    /// <summary>Reads <c>s3://bucket</c> or <c>s3://bucket/some/prefix</c>.</summary>
    /// <exception cref="ArgumentException">It has another form.</exception>
    public static S3Location Parse(string address)
    {
        var path = address.StartsWith(Scheme, StringComparison.Ordinal) ? address[Scheme.Length..] : "";
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? path : path[..slash];
        var beginning = slash < 0 ? "" : path[(slash + 1)..].TrimEnd('/');
        return bucket.Length >= ShortestBucket && !beginning.StartsWith('/') && !beginning.Contains("//", StringComparison.Ordinal)
            ? new S3Location(bucket, beginning.Length == 0 ? "" : beginning + "/")
            : throw new ArgumentException($"'{address}' is no place in an S3 store. It looks like s3://bucket or s3://bucket/prefix.", nameof(address));
    }

    /// <summary>
    /// Settings from the usual variables: AWS_REGION, and AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL for a store other than Amazon's, which is asked with the
    /// bucket in the path. Credentials come from where Amazon's tools take them (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, the machine's role).
    /// </summary>
    /// <param name="environment">Reads an environment variable; null for the process's own.</param>
    internal static AmazonS3Config Settings(Func<string, string?>? environment = null)
    {
        string? Variable(string name) => (environment ?? Environment.GetEnvironmentVariable)(name) is { Length: > 0 } value ? value : null;

        var settings = new AmazonS3Config
        {
            MaxErrorRetry = 4,
            RetryMode = RequestRetryMode.Standard,
            // The newer checksums are sent in trailers, which many a store other than Amazon's does not know; Content-MD5 is known to all.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if ((Variable("AWS_ENDPOINT_URL_S3") ?? Variable("AWS_ENDPOINT_URL")) is { } endpoint)
        {
            settings.ServiceURL = endpoint;
            settings.ForcePathStyle = true;
            settings.AuthenticationRegion = Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? "us-east-1";
        }

        return settings;
    }
}
