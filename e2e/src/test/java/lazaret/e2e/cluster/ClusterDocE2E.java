package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ScriptedUpstream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The commands of `docs/cluster.md`, in their order and in one session, without the installation
/// of packages.
class ClusterDocE2E {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final List<Integer> PORTS = List.of(5442, 6442, 7480, 7081, 7082, 7083);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /// The commands that remove processes and the database cluster after a command failed.
  private static final String REMOVAL =
      """
      cd "$CLUSTER"
      for file in a.pid b.pid c.pid one.pid objects/pid pgbouncer/pid; do
        [ ! -s "$file" ] || kill -9 "$(cat "$file")"
      done
      for version in $(ls /usr/lib/postgresql); do
        [ ! -d "/etc/postgresql/$version/lazaret" ] || pg_dropcluster --stop "$version" lazaret
      done
      """;

  private static void assumeInstalled() {
    assumeTrue(Programs.isRoot(), "the commands of the page are for root");
    for (String program :
        List.of("pg_createcluster", "pgbouncer", "radosgw", "radosgw-admin", "curl", "runuser")) {
      assumeTrue(Machine.program(program).isPresent(), program + " is not installed");
    }
    for (int port : PORTS) {
      assumeTrue(isFree(port), "another program has port " + port);
    }
    try (Stream<Path> clusters = Files.walk(Path.of("/etc/postgresql"), 2)) {
      assumeTrue(
          clusters.noneMatch(folder -> folder.endsWith("lazaret")),
          "the machine has a database cluster 'lazaret'");
    } catch (IOException e) {
      assumeTrue(false, "the folder of database clusters cannot be read: " + e);
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException _) {
      return false;
    }
  }

  private static List<String> blocks() throws IOException {
    Matcher found = BLOCK.matcher(Files.readString(Machine.root().resolve("docs/cluster.md")));
    List<String> blocks = new ArrayList<>();
    while (found.find()) {
      blocks.add(found.group(1));
    }
    return blocks;
  }

  private static ProgramResult bash(Path script, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("LAZARET"));
    builder.environment().putAll(environment);
    return ProgramResult.of(builder, LONGEST.plusMinutes(2));
  }

  /// Writes a script whose output goes to a file: programs that it leaves behind would keep a pipe
  /// open.
  private static Path script(Path folder, String name, String commands) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".sh"),
        "exec > '%s' 2>&1 < /dev/null\n%s".formatted(folder.resolve(name + ".log"), commands));
  }

  @Test
  void pageHasTheCommandsInTheirOrder() throws IOException {
    String all = String.join("\n", blocks());

    assertThat(blocks()).hasSizeGreaterThan(8);
    assertThat(all)
        .containsSubsequence(
            "apt-get install",
            "pg_createcluster",
            "pgbouncer --daemon",
            "radosgw --conf",
            "mirror-server --config",
            "cluster status",
            "deny itoa@1.0.15",
            "sleep 2\n",
            "backup verify",
            "store migrate",
            "store convert",
            "pg_dropcluster");
  }

  @Test
  @Tag("all")
  void commandsOfThePageWorkAsWrittenWithinTenMinutes() throws IOException {
    assumeInstalled();
    FixtureRegistry registry =
        Crates.aged(CrateBuilder.crate("itoa", "1.0.14"), CrateBuilder.crate("itoa", "1.0.15"));
    Path logs = WorkFolder.folder("cluster-page");
    // The programs of the database run as another user, who must reach its files.
    Path folder = Files.createTempDirectory(Path.of("/tmp"), "lazaret-cluster");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    String commands =
        blocks().stream()
            .flatMap(String::lines)
            .filter(line -> !line.startsWith("apt-get "))
            .collect(Collectors.joining("\n"));
    Path page = script(logs, "page", "set -euxo pipefail\numask 022\n" + commands + "\n");
    Path removal = script(logs, "removal", "set -u\n" + REMOVAL);
    long begun = System.nanoTime();
    try (ScriptedUpstream upstream = ScriptedUpstream.start(registry)) {
      Path root = Machine.root();
      Map<String, String> environment =
          Map.of(
              "PATH",
              root.resolve("bin") + ":" + System.getenv("PATH"),
              "CLUSTER",
              folder.toString(),
              "LAZARET_AOT",
              "off",
              "LAZARET_PLUGINS",
              root.resolve("target/dist/current/cluster").toString(),
              "LAZARET_UPSTREAM",
              "sparse+" + upstream.indexUrl(),
              "LAZARET_FETCH_REQUESTS_PER_SECOND",
              "0");
      try {
        ProgramResult ran = bash(page, environment);
        assertThat(ran.exit()).as(Files.readString(logs.resolve("page.log"))).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST);
        assertThat(folder).doesNotExist();
      } finally {
        if (Files.exists(folder)) {
          ProgramResult _ = bash(removal, environment);
          WorkFolder.delete(folder);
        }
      }
    }
    assertThat(Files.readString(logs.resolve("page.log")))
        .contains("both stores are equal", "sound: ")
        .doesNotContain("com.zaxxer", "org.flywaydb")
        .containsPattern("c +gone");
  }
}
