namespace Spotter.Web.Access;

/// <summary>
/// The host names that a request may name. A server that only this machine reaches, or a proxy on it, answers to this machine's names and those it was told to; a page elsewhere whose
/// name was made to lead here names another.
/// </summary>
/// <param name="urls">Addresses that the server listens on.</param>
/// <param name="publicHosts">Names by which a proxy on this machine is known to others.</param>
internal sealed class HostNames(IEnumerable<string> urls, IReadOnlyList<string> publicHosts)
{
    private readonly bool isLoopback = urls.All(Addresses.IsLoopback);

    /// <summary>Whether others can reach the server, so that it needs a key.</summary>
    public bool IsPublic => !isLoopback || publicHosts.Count > 0;

    public bool Knows(string host) => !isLoopback || Addresses.IsLoopbackHost(host) || publicHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
