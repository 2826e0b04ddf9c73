using System.Net.Sockets;
using Amazon.Runtime;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Npgsql;
using Spotter.Web.Firebase;

namespace Spotter.Web;

/// <summary>What went wrong, as a program is told: an HTTP status and a short name.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Short name of the cause.</param>
internal sealed record Failure(int Status, string Code)
{
    /// <summary>The disk is full.</summary>
    public const string NoSpace = "no-space";

    /// <summary>A store is out of reach.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>A program is not installed that clips are read or written with.</summary>
    public const string MissingTool = "missing-tool";

    /// <summary>Mark (<see cref="Exception.HResult"/>) of an <see cref="IOException"/> that says that a store went away: ETIMEDOUT.</summary>
    public const int TimedOut = 110;

    /// <summary>The same of one that says that a folder is not mounted: ENOTCONN.</summary>
    public const int NotMounted = 107;

    private const int InputOutput = 5; // EIO and the others: what a network folder answers that is out of reach
    private const int HostDown = 112;
    private const int NoRoute = 113;
    private const int Stale = 116;
    private const int DiskFull = 28; // ENOSPC
    private const int QuotaFull = 122; // EDQUOT on Linux
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteFull = 13;

    /// <summary>Whether the same may go well later without anybody doing anything about the clip: a store is out of reach, or the disk is full.</summary>
    public bool IsPassing => Code is Unavailable or NoSpace;

    /// <summary>What an exception means for whoever asked.</summary>
    public static Failure Of(Exception exception) => exception switch
    {
        BadHttpRequestException bad => new Failure(bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "bad-request"),
        IOException { HResult: DiskFull or QuotaFull or WindowsDiskFull } or SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            new Failure(StatusCodes.Status507InsufficientStorage, NoSpace),
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } or FirebaseException or AmazonServiceException or AmazonClientException or NpgsqlException
            or HttpRequestException or SocketException or TimeoutException or OperationCanceledException { InnerException: TimeoutException }
            or IOException { HResult: InputOutput or NotMounted or TimedOut or HostDown or NoRoute or Stale } => new Failure(StatusCodes.Status503ServiceUnavailable, Unavailable),
        MissingToolException => new Failure(StatusCodes.Status503ServiceUnavailable, MissingTool),
        _ when exception.InnerException is IOException { HResult: DiskFull or QuotaFull or WindowsDiskFull } => new Failure(StatusCodes.Status507InsufficientStorage, NoSpace),
        _ => new Failure(StatusCodes.Status500InternalServerError, "internal"),
    };
}
