package lazaret.e2e.cluster.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.e2e.harness.ObjectPlace;
import lazaret.storage.postgres.fixture.PostgresServer;

/// The configuration of servers that share a store.
///
/// @param hosts the servers of the database, or poolers or proxies before them, as `HOST:PORT`
/// @param folder the folder of the configuration files and of the data folders
/// @param maxStaleness that of all servers
public record ClusterSettings(
    List<String> hosts, String database, Bucket bucket, Path folder, Duration maxStaleness) {
  /// The maximum staleness of tests without faults. It is longer than that of users, because tests
  /// start programs at the same time on the same processors.
  static final Duration PATIENT = Duration.ofSeconds(5);

  /// Copies the list.
  public ClusterSettings {
    hosts = List.copyOf(hosts);
  }

  /// A bucket.
  ///
  /// @param port the port of the object store on the loopback interface
  public record Bucket(int port, String name, Path credentials) {}

  /// Returns settings with a new database of a server. The test is skipped if PostgreSQL is absent.
  ///
  /// @param objects the port of an object store that checks no credentials
  /// @param folder an existing folder
  public static ClusterSettings of(PostgresServer server, int objects, String bucket, Path folder) {
    Path credentials = ObjectPlace.anyCredentials(folder.resolve("credentials"));
    return new ClusterSettings(
        List.of(server.address().toString()),
        server.emptyDatabase(),
        new Bucket(objects, bucket, credentials),
        folder,
        PATIENT);
  }

  /// Returns settings with proxies before the database and the object store.
  ///
  /// @param ports the ports of the proxies before the servers of the database, in their order
  /// @param objects the port of the proxy before the object store
  ClusterSettings through(List<Integer> ports, int objects) {
    return new ClusterSettings(
        ports.stream().map(port -> "127.0.0.1:" + port).toList(),
        database,
        new Bucket(objects, bucket.name(), bucket.credentials()),
        folder,
        maxStaleness);
  }

  /// Returns the data folder of a server.
  public Path data(String node) {
    return folder.resolve(node);
  }

  /// Writes the configuration file of a server.
  public Path write(String node) {
    String servers = hosts.stream().map(host -> '"' + host + '"').collect(Collectors.joining(", "));
    try {
      return Files.writeString(
          folder.resolve(node + ".toml"),
          """
          data-dir = "%s"

          [cluster]
          name = "%s"
          max-staleness = "%dms"

          [storage]
          engine = "postgres"

          [storage.postgres]
          hosts = [%s]
          database = "%s"
          user = "%s"
          tls = false

          [storage.s3]
          endpoint = "http://127.0.0.1:%d"
          bucket = "%s"
          credentials-file = "%s"
          timeout = "3s"
          """
              .formatted(
                  data(node),
                  node,
                  maxStaleness.toMillis(),
                  servers,
                  database,
                  PostgresServer.USER,
                  bucket.port(),
                  bucket.name(),
                  bucket.credentials()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
