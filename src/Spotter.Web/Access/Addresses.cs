using System.Net;

namespace Spotter.Web.Access;

/// <summary>Whom a server's addresses let in.</summary>
internal static class Addresses
{
    /// <summary>Whether only programs on this machine can reach an address such as <c>http://127.0.0.1:5080</c>; names of any other machine and all wildcards are not.</summary>
    public static bool IsLoopback(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return false; // http://*:80 and http://+:80
        }

        return address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    /// <summary>Host names that a browser on this machine may name. A page elsewhere whose name was made to lead here names another.</summary>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host is "127.0.0.1" or "[::1]"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
