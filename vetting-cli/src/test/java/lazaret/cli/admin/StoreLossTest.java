package lazaret.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import lazaret.mirror.Wiring;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.server.HttpServer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose store lost acknowledged decisions.
class StoreLossTest {
  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(ServerFixture.START);
  private CliFixture cli = new CliFixture(Path.of(""), clock);
  private Path data = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    cli = new CliFixture(folder, clock);
    data = folder.resolve("data");
    Files.createDirectory(
        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    FixtureRegistry.of()
        .publish(
            CrateBuilder.crate("alpha", "1.0.0"),
            line -> line.pubtime(ServerFixture.START.minus(Duration.ofDays(90))))
        .writeTo(folder.resolve("upstream"));
    cli.environment.put("LAZARET_UPSTREAM", folder.resolve("upstream").toString());
    cli.environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  private Wiring open() {
    MirrorConfig config =
        MirrorConfig.read(
            List.of(
                "--listen",
                "127.0.0.1:0",
                "--data-dir",
                data.toString(),
                "--upstream",
                folder.resolve("upstream").toString()),
            Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString()));
    return Wiring.open(config, clock);
  }

  private static HttpResponse<String> get(HttpServer listener, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(listener.url() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /// Restores an older database after a denial was acknowledged, like a wrong restore of files.
  private void loseADenial() throws IOException {
    assertThat(cli.run("--data-dir", "data", "prefetch", "alpha").exit()).isZero();
    assertThat(deny("--reason", "first").exit()).isZero();
    copy(data.resolve("store"), folder.resolve("older"));
    assertThat(deny("--reason", "malware").exit()).isZero();
    try (Stream<Path> files = Files.list(data.resolve("store"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    copy(folder.resolve("older"), data.resolve("store"));
  }

  private CliFixture.Ran deny(String... reason) {
    return cli.run(
        Stream.concat(Stream.of("--data-dir", "data", "deny", "alpha@1.0.0"), Stream.of(reason))
            .toArray(String[]::new));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file, to.resolve(file.getFileName().toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Test
  void olderStorePutBackIsNotServedUntilTheLossIsAccepted() throws Exception {
    loseADenial();
    try (Wiring wiring = open();
        HttpServer listener = HttpServer.start(wiring.serverParts(), Bytes.EMPTY)) {
      HttpResponse<String> index = get(listener, "/index/al/ph/alpha");
      assertThat(index.statusCode()).isEqualTo(503);
      assertThat(index.headers().firstValue("retry-after")).contains("60");
      assertThat(index.body())
          .contains("ledger entry 2 is missing")
          .contains("vetting-cli fsck --accept-loss");
      for (String path :
          List.of(
              "/index/config.json",
              "/dl/alpha/1.0.0/" + "0".repeat(64),
              "/snapshots/1/index/config.json",
              "/audits/audits.toml",
              "/api/v1/crates?q=a")) {
        assertThat(get(listener, path).statusCode()).as(path).isEqualTo(503);
      }
      HttpResponse<String> ready = get(listener, "/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body())
          .contains("\"status\":\"store-loss\"")
          .contains("ledger entry 2 is missing");
      assertThat(get(listener, "/health/live").statusCode()).isEqualTo(200);

      Files.writeString(data.resolve("listening"), listener.url() + "\n");
      assertThat(wiring.desk().acceptLoss("alice").orElseThrow())
          .contains("ledger entry 2 is missing");

      assertThat(get(listener, "/index/al/ph/alpha").statusCode()).isEqualTo(200);
      assertThat(get(listener, "/health/ready").statusCode()).isEqualTo(200);
    }
    CliFixture.Ran events = cli.run("log", "--data-dir", "data");
    assertThat(events.out()).contains("loss-accepted").contains("alice");
    assertThat(cli.run("fsck", "--data-dir", "data").exit()).isZero();
  }

  @Test
  void everyReportNamesTheLossAndNothingIsWritten() throws Exception {
    loseADenial();

    CliFixture.Ran fsck = cli.run("fsck", "--data-dir", "data");
    assertThat(fsck.exit()).isEqualTo(4);
    assertThat(fsck.out()).contains("fault    store: ledger entry 2 is missing");
    assertThat(cli.run("status", "--data-dir", "data").out())
        .contains("ledger entry 2 is missing")
        .contains("fsck --accept-loss");
    assertThat(cli.run("why", "alpha@1.0.0", "--data-dir", "data").out()).contains("first");
    assertThat(cli.run("log", "verify", "--data-dir", "data").exit()).isEqualTo(4);
    CliFixture.Ran denied = deny("--reason", "again");
    assertThat(denied.exit()).isEqualTo(4);
    assertThat(denied.err()).contains("ledger entry 2 is missing");
    assertThat(cli.run("log", "--data-dir", "data").out()).doesNotContain("again");

    CliFixture.Ran accepted = cli.run("fsck", "--accept-loss", "--data-dir", "data");
    assertThat(accepted.exit()).as(accepted.err()).isZero();
    assertThat(accepted.out()).contains("accepted loss: ledger entry 2 is missing");
    assertThat(deny("--reason", "again").exit()).isZero();
    assertThat(cli.run("fsck", "--data-dir", "data").exit()).isZero();
    assertThat(cli.run("log", "verify", "--data-dir", "data").exit()).isZero();
  }
}
