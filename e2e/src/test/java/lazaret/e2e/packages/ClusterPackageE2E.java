package lazaret.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.e2e.cluster.harness.ClusterSettings;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.objects.MemoryBucket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The archive with the plug-in for a cluster, with the programs of the other packages.
@Tag("ci")
class ClusterPackageE2E {
  private static final String LINUX = "-linux-" + PackageBuild.PROCESSOR + ".tar.gz";

  private final PackageBuild built = PackageBuild.plainArchives();

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void packageOfOneServerHasNoJarOfAnotherDatabase() throws IOException {
    Path home = built.unpacked("lazaret-0", LINUX);

    assertThat(names(home.resolve("plugins"))).containsExactly("tracing");
    assertThat(names(home.resolve("jars")))
        .noneMatch(
            name -> name.matches("(postgresql|HikariCP|flyway|storage-postgres|storage-s3|s3)-.*"))
        .anyMatch(name -> name.startsWith("vetting-cli-store-"));
    ProgramResult modules =
        PackageBuild.run(home.resolve("runtime/bin/java").toString(), "--list-modules").ok();
    assertThat(modules.out()).contains("java.sql@", "java.naming@").doesNotContain("java.desktop@");
  }

  @Test
  void plugInHasItsJarsWithTheirLicenses() throws IOException {
    Path plugin = built.unpacked("lazaret-cluster-0", ".tar.gz");

    assertThat(names(plugin)).containsExactly("LICENSE", "jars", "share");
    List<String> jars = names(plugin.resolve("jars"));
    for (String jar : List.of("storage-postgres-", "storage-s3-", "postgresql-", "HikariCP-")) {
      assertThat(jars).anyMatch(name -> name.startsWith(jar));
    }
    assertThat(jars).noneMatch(name -> name.matches("(rocksdbjni|netty|storage)-[0-9].*"));
    assertThat(Files.readString(plugin.resolve("share/licenses/LIBRARIES")))
        .contains("postgresql-", "BSD-2-Clause")
        .doesNotContain("cacerts");
    assertThat(plugin.resolve("share/doc/cluster.md")).isRegularFile();
  }

  @Test
  void gateOfTheArchiveWorksOnADatabaseWithThePlugIn() throws IOException {
    PostgresServer server = PostgresServer.shared();
    Path home = built.unpacked("lazaret-0", LINUX);
    Path plugin = built.unpacked("lazaret-cluster-0", ".tar.gz");
    try (MemoryBucket bucket = MemoryBucket.start()) {
      Path folder = WorkFolder.folder("cluster");
      ClusterSettings settings =
          ClusterSettings.of(server, bucket.port(), MemoryBucket.NAME, folder);
      Map<String, String> environment = new HashMap<>();
      environment.put("LAZARET_PLUGINS", plugin.resolve("jars").toString());
      environment.put("LAZARET_CONFIG", settings.write("a").toString());
      environment.put("LAZARET_LISTEN", "127.0.0.1:0");
      environment.put("LAZARET_UPSTREAM", WorkFolder.folder("upstream").toString());
      try (PackagedGate gate =
          PackagedGate.start(environment, List.of(home.resolve("bin/mirror-server").toString()))) {
        assertThat(gate.get("health/live")).contains("status");
        ProcessBuilder status =
            new ProcessBuilder(home.resolve("bin/vetting-cli").toString(), "cluster", "status");
        status.environment().keySet().removeIf(name -> name.startsWith("LAZARET"));
        status.environment().put("LAZARET_DATA_DIR", settings.data("a").toString());
        assertThat(ProgramResult.of(status, Duration.ofMinutes(1)).ok().out()).contains("a ");
        assertThat(gate.stop()).isTrue();
      }
    }
  }
}
