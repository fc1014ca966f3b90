package lazaret.storage.postgres.connection;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The place of a database, with the rights and limits of its use.
///
/// @param hosts the servers; the primary among them is used
/// @param database the name of the database
/// @param user the role, which owns the schema `lazaret` or may create it
/// @param passwordFile a file whose first line is the password; null if the server needs none
/// @param tls the protection of the connections
/// @param caFile the certificates of authorities in PEM form; null for those of the Java runtime
/// @param connections the maximum number of connections for reads and commits
/// @param acceptLoss whether the server may have a standby for which its commits do not wait
public record PostgresSettings(
    List<PostgresAddress> hosts,
    String database,
    String user,
    @Nullable Path passwordFile,
    Tls tls,
    @Nullable Path caFile,
    int connections,
    boolean acceptLoss) {
  /// The maximum number of connections for reads and commits if none is named.
  public static final int DEFAULT_CONNECTIONS = 8;

  /// The protection of connections.
  public enum Tls {
    /// TLS. The certificate must name the host, and an authority that is trusted must have signed
    /// it.
    VERIFIED,
    /// None, for servers on this machine.
    OFF
  }

  /// Checks the hosts and numbers.
  ///
  /// @throws IllegalArgumentException if there is no host, TLS is off for a host that is elsewhere,
  ///   or there are no connections
  public PostgresSettings {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("a database has no host");
    }
    if (connections < 1) {
      throw new IllegalArgumentException("a database has " + connections + " connections");
    }
    for (PostgresAddress host : hosts) {
      if (tls == Tls.OFF && !host.isLoopback()) {
        throw new IllegalArgumentException(
            "cannot connect to '%s' without TLS: expected a server on this machine"
                .formatted(host));
      }
    }
  }
}
