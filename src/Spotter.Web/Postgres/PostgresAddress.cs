using Npgsql;

namespace Spotter.Web.Postgres;

/// <summary>Where a database is, as people write it: <c>postgresql://user:password@host:port/database?Name=value</c>, or <c>Host=…;Username=…;…</c>.</summary>
internal static class PostgresAddress
{
    private const int KeepAliveSeconds = 30;

    /// <summary>Reads an address.</summary>
    /// <exception cref="BackEndException">It cannot be understood.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        NpgsqlConnectionStringBuilder found;
        try
        {
            found = text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
                ? OfUri(new Uri(text))
                : new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            // Not told in full: it may hold a password.
            throw new BackEndException($"The address of the database cannot be understood ({e.Message}). Write postgresql://user:password@host/database or Host=…;Username=…;Database=….", e);
        }

        if (string.IsNullOrEmpty(found.Host))
        {
            throw new BackEndException("The address of the database names no host. Write postgresql://user:password@host/database or Host=…;Username=…;Database=….");
        }

        found.ApplicationName ??= "spotter";
        // A listener that sends nothing would not notice that the other side is gone.
        found.KeepAlive = found.KeepAlive == 0 ? KeepAliveSeconds : found.KeepAlive;
        // No session is given a state that the next user of the connection would mind; cleaning it would double the statements.
        found.NoResetOnClose = true;
        return found;
    }

    private static NpgsqlConnectionStringBuilder OfUri(Uri uri)
    {
        var found = new NpgsqlConnectionStringBuilder { Host = uri.IdnHost };
        if (uri.Port > 0)
        {
            found.Port = uri.Port;
        }

        if (uri.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest])
        {
            found.Username = Uri.UnescapeDataString(user);
            found.Password = rest is [var password] ? Uri.UnescapeDataString(password) : null;
        }

        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            found.Database = Uri.UnescapeDataString(database);
        }

        foreach (var part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2) is [var left, var right] ? (left, right) : throw new FormatException($"'{part}' has no value");
            found[Uri.UnescapeDataString(name).Replace('_', ' ')] = name.Equals("sslmode", StringComparison.OrdinalIgnoreCase)
                ? value.Replace("-", "", StringComparison.Ordinal) // verify-full is VerifyFull here
                : Uri.UnescapeDataString(value);
        }

        return found;
    }
}
