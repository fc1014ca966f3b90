package lazaret.bench.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.objects.MemoryBucket;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexPath;

/// The upstream, database and bucket of the measured servers.
///
/// @param repository the root of the repository
/// @param work the folder of all files of the servers
record ClusterStage(Path repository, Path work, DatabaseServer database, MemoryBucket bucket) {
  /// The number of crates with one version.
  static final int CRATES = 100;

  /// The number of versions of each other crate.
  static final int VERSIONS = 100;

  private static final Instant PUBLISHED = Instant.parse("2020-01-01T00:00:00Z");

  private static CrateBuilder crate(String name, int version) {
    return CrateBuilder.crate(name, "1." + version + ".0")
        .file("src/data", "0123456789".repeat(2_000 + version));
  }

  /// Writes the upstream: a crate with many versions for each measurement, and many crates.
  void publish() {
    FixtureRegistry registry = new FixtureRegistry();
    for (String name : List.of("hit", "cold", "decided", "denied")) {
      for (int version = 0; version < VERSIONS; version++) {
        CrateId _ = registry.publish(crate(name, version), PUBLISHED);
      }
    }
    for (int i = 0; i < CRATES; i++) {
      CrateId _ = registry.publish(crate("crate" + i, 0), PUBLISHED);
    }
    registry.writeTo(upstream());
  }

  private Path upstream() {
    return work.resolve("upstream");
  }

  /// Returns the path of the index file of a crate.
  static String index(String crate) {
    return "/index/" + IndexPath.of(CrateName.parse(crate));
  }

  /// Returns the path of an artifact.
  static String artifact(String crate, int version) {
    return "/dl/%s/1.%d.0/%s".formatted(crate, version, crate(crate, version).id().cksum().hex());
  }

  /// Returns the paths of the artifacts of a crate with many versions.
  static List<String> artifacts(String crate) {
    return IntStream.range(0, VERSIONS).mapToObj(version -> artifact(crate, version)).toList();
  }

  /// Returns the paths of the index files of all crates with one version.
  static List<String> indexes() {
    return IntStream.range(0, CRATES).mapToObj(i -> index("crate" + i)).toList();
  }

  /// Starts servers. The store of a group is made at its first start.
  List<ClusterServer> start(ServerGroup group) throws IOException {
    int count = group.count();
    if (count > 0 && !Files.exists(work.resolve(group.node(0)))) {
      database.create(group.name());
    }
    List<ClusterServer> servers = new ArrayList<>();
    try {
      for (int i = 0; i < Math.max(1, count); i++) {
        Path data = work.resolve(group.node(i));
        Path config =
            Files.writeString(
                work.resolve(group.node(i) + ".toml"),
                count == 0 ? common(data) : common(data) + shared(group, i));
        servers.add(
            ClusterServer.start(repository, new ClusterServer.Place(config, data, upstream())));
      }
    } catch (IOException | RuntimeException e) {
      servers.forEach(ClusterServer::close);
      throw e;
    }
    return servers;
  }

  private static String common(Path data) {
    return """
    data-dir = "%s"

    [access-log]
    file = "off"

    [fetch]
    requests-per-second = 0

    [limits]
    token-rate = 0
    address-rate = 0
    """
        .formatted(data);
  }

  private String shared(ServerGroup group, int number) throws IOException {
    Path credentials =
        Files.writeString(
            work.resolve("credentials"),
            "[default]\naws_access_key_id = lazaret\naws_secret_access_key = secret\n");
    return """

    [cluster]
    name = "%s"

    [storage]
    engine = "postgres"

    [storage.postgres]
    hosts = ["%s"]
    database = "%s"
    user = "%s"
    tls = false

    [storage.s3]
    endpoint = "http://127.0.0.1:%d"
    bucket = "%s"
    prefix = "%s/"
    credentials-file = "%s"
    """
        .formatted(
            group.node(number),
            database.address(),
            group.name(),
            DatabaseServer.ROLE,
            bucket.port(),
            MemoryBucket.NAME,
            group.name(),
            credentials);
  }
}
