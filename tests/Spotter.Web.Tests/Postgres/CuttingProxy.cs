using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Spotter.Web.Tests.Postgres;

/// <summary>Stands between a client and the database, and on demand lets a request through and cuts the connection instead of the reply: what was asked for is done then.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly string target;
    private readonly Task accepting;
    private int armed;
    private int cuts;

    private CuttingProxy(string address)
    {
        var settings = new NpgsqlConnectionStringBuilder(address);
        target = Path.Combine(settings.Host!, ".s.PGSQL.5432");
        listener.Start();
        settings.Host = IPAddress.Loopback.ToString();
        settings.Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Address = settings.ToString();
        accepting = AcceptAsync();
    }

    /// <summary>The database as one reaches it through the proxy.</summary>
    public string Address { get; }

    /// <summary>How often a connection was cut.</summary>
    public int Cuts => cuts;

    /// <param name="address">The database, on a socket in a folder.</param>
    public static CuttingProxy Start(string address) => new(address);

    /// <summary>Cuts the connection on which the database answers next.</summary>
    public void CutNextReply() => Volatile.Write(ref armed, 1);

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptSocketAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                await server.ConnectAsync(new UnixDomainSocketEndPoint(target));
                await Task.WhenAny(CopyAsync(client, server, isReply: false), CopyAsync(server, client, isReply: true));
            }
            catch (SocketException)
            {
                // Either end has gone.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool isReply)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReceiveAsync(buffer) is > 0 and var count)
        {
            if (isReply && Interlocked.Exchange(ref armed, 0) == 1)
            {
                Interlocked.Increment(ref cuts);
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, count));
        }
    }
}
