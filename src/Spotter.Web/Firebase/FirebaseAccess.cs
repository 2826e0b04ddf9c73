using System.Net;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace Spotter.Web.Firebase;

/// <summary>Gives the bearer token that a service of Firebase wants with each request. Tokens live an hour and are renewed in time.</summary>
public sealed class FirebaseAccess
{
    /// <summary>The token that emulators take for "may do everything".</summary>
    public const string EmulatorToken = "owner";

    private static readonly string[] DatabaseScopes =
        ["https://www.googleapis.com/auth/userinfo.email", "https://www.googleapis.com/auth/firebase.database"];

    private static readonly string[] StorageScopes = ["https://www.googleapis.com/auth/devstorage.read_write"];

    private readonly Func<CancellationToken, Task<ITokenAccess>> open;
    private ITokenAccess? credential;

    private FirebaseAccess(Func<CancellationToken, Task<ITokenAccess>> open) => this.open = open;

    /// <summary>Access to the Realtime Database.</summary>
    public static FirebaseAccess ForDatabase(FirebaseOptions options) => For(options, options.DatabaseEmulator, DatabaseScopes);

    /// <summary>Access to Cloud Storage.</summary>
    public static FirebaseAccess ForStorage(FirebaseOptions options) => For(options, options.StorageEmulator, StorageScopes);

    /// <summary>Access with a token source of one's own.</summary>
    public static FirebaseAccess With(ITokenAccess tokens) => new(_ => Task.FromResult(tokens));

    /// <summary>A token that is good for some minutes at least.</summary>
    /// <exception cref="FirebaseException">No token can be had; the message says what to do.</exception>
    public async Task<string> TokenAsync(CancellationToken cancellationToken = default)
    {
        var tokens = credential ?? await OpenOnceAsync(cancellationToken);
        try
        {
            return await tokens.GetAccessTokenForRequestAsync(cancellationToken: cancellationToken);
        }
        catch (Exception e) when (IsTransient(e))
        {
            throw Unreachable(e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new FirebaseException(
                $"Google gave no access token: {e.Message}. Check that the service account still exists, that its key was not revoked, and the clock of this machine.", inner: e);
        }
    }

    /// <summary>A new token, because the server took the last one for expired or revoked.</summary>
    /// <exception cref="FirebaseException">No token can be had.</exception>
    public async Task<string> RenewAsync(CancellationToken cancellationToken = default)
    {
        if (credential is GoogleCredential { UnderlyingCredential: ServiceCredential service })
        {
            try
            {
                await service.RequestAccessTokenAsync(cancellationToken);
            }
            catch (Exception e) when (IsTransient(e))
            {
                throw Unreachable(e);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new FirebaseException($"The access token could not be renewed: {e.Message}", inner: e);
            }
        }

        return await TokenAsync(cancellationToken);
    }

    private static FirebaseAccess For(FirebaseOptions options, string? emulator, string[] scopes) =>
        emulator is null ? new FirebaseAccess(stop => OpenAsync(options, scopes, stop)) : With(new FixedToken(EmulatorToken));

    private static async Task<ITokenAccess> OpenAsync(FirebaseOptions options, string[] scopes, CancellationToken cancellationToken)
    {
        try
        {
            var found = options.ServiceAccountFile is { } file
                ? (await CredentialFactory.FromFileAsync<ServiceAccountCredential>(file, cancellationToken)).ToGoogleCredential()
                : await GoogleCredential.GetApplicationDefaultAsync(cancellationToken);
            return found.CreateScoped(scopes);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new FirebaseException(
                $"There are no usable credentials for Google: {e.Message} Name the key file of a service account in {FirebaseOptions.ServiceAccountVariable}.", inner: e);
        }
    }

    // Two callers at the start may both open; one is kept, and nothing is lost but a request.
    private async Task<ITokenAccess> OpenOnceAsync(CancellationToken cancellationToken)
    {
        var opened = await open(cancellationToken);
        return Interlocked.CompareExchange(ref credential, opened, null) ?? opened;
    }

    private static bool IsTransient(Exception e) => e is HttpRequestException or TokenResponseException { StatusCode: >= HttpStatusCode.InternalServerError };

    private static FirebaseException Unreachable(Exception e) => new($"Google's token service cannot be reached: {e.Message}", isTransient: true, inner: e);

    private sealed class FixedToken(string token) : ITokenAccess
    {
        public Task<string> GetAccessTokenForRequestAsync(string? authUri = null, CancellationToken cancellationToken = default) => Task.FromResult(token);
    }
}
