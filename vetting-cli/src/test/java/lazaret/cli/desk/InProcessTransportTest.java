package lazaret.cli.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store on disk, opened by the command line itself or by a real server.
class InProcessTransportTest {
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
        .publish(
            CrateBuilder.crate("alpha", "1.1.0"),
            line -> line.pubtime(ServerFixture.START.minus(Duration.ofDays(1))))
        .writeTo(folder.resolve("upstream"));
    cli.environment.put("LAZARET_UPSTREAM", folder.resolve("upstream").toString());
    // The configuration of the user who runs the tests is not used.
    cli.environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  @Test
  void everyVerbWorksOnAStoreWithoutAServer() {
    assertThat(cli.run("--data-dir", "data", "prefetch", "alpha").exit()).isZero();
    assertThat(cli.run("why", "alpha@1.1.0", "--data-dir", "data").exit()).isEqualTo(1);
    assertThat(cli.run("approve", "alpha@1.1.0", "--reason", "ok", "--data-dir", "data").exit())
        .isZero();

    CliFixture.Ran ran = cli.run("log", "--data-dir", "data");

    assertThat(ran.out()).contains("approve").contains("local:alice");
    assertThat(cli.run("fsck", "--data-dir", "data").out())
        .isEqualTo("intact: 1 crates, 1 artifacts, 1 ledger entries checked\n");
    assertThat(cli.run("fsck", "--skip-artifacts", "--data-dir", "data").out())
        .isEqualTo("intact: 1 crates, 0 artifacts, 1 ledger entries checked\n");
  }

  @Test
  void aMistypedFolderDoesNotBecomeAStore() {
    CliFixture.Ran ran = cli.run("status", "--data-dir", "dta");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("no such folder");
    assertThat(folder.resolve("dta")).doesNotExist();
  }

  /// Such a folder has no store. The plug-ins that the program here lacks would open the store.
  @Test
  void theFolderOfOneOfSeveralServersMayBeNew() {
    cli.environment.putAll(
        Map.of(
            "LAZARET_STORAGE_ENGINE",
            "postgres",
            "LAZARET_STORAGE_POSTGRES_HOSTS",
            "db.example",
            "LAZARET_STORAGE_S3_BUCKET",
            "crates",
            "LAZARET_CLUSTER_NAME",
            "a"));

    CliFixture.Ran ran = cli.run("fsck", "--accept-loss", "--data-dir", "new");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).contains("name their folder in LAZARET_PLUGINS");
  }

  @Test
  void aStoreIsOpenedOrAServerAskedButNotBoth() {
    CliFixture.Ran ran = cli.run("status", "--data-dir", "data", "--server", "http://127.0.0.1:1");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot use --data-dir with --server");
  }

  @Test
  void aBackupIsRestoredWithItsLedgerAndWithoutTokens() {
    cli.run("prefetch", "alpha", "--data-dir", "data");
    cli.run("approve", "alpha@1.1.0", "--reason", "ok", "--data-dir", "data");
    cli.run("token", "create", "ci", "--scope", "read", "--data-dir", "data");

    assertThat(cli.run("backup", "copy", "--data-dir", "data").exit()).isZero();
    CliFixture.Ran restored = cli.run("restore", "copy", "--data-dir", "again");

    assertThat(restored.exit()).isZero();
    assertThat(restored.out())
        .contains("next: start the server (systemctl start lazaret, or mirror-server --data-dir ");
    assertThat(cli.run("why", "alpha@1.1.0", "--data-dir", "again").exit()).isZero();
    assertThat(cli.run("token", "list", "--data-dir", "again").out()).isEqualTo("no tokens\n");
    assertThat(cli.run("fsck", "--data-dir", "again").exit()).isZero();
  }

  @Test
  void aBackupCountsTheArtifactsThatCannotBeRead() throws IOException {
    // Artifacts of at least 4 KiB are in files of their own.
    byte[] noise = new byte[20_000];
    new SplittableRandom(1).nextBytes(noise);
    FixtureRegistry.of()
        .publish(
            CrateBuilder.crate("noise", "1.0.0").file("noise.bin", noise),
            line -> line.pubtime(ServerFixture.START.minus(Duration.ofDays(90))))
        .writeTo(folder.resolve("upstream"));
    cli.run("prefetch", "noise@1.0.0", "--data-dir", "data");
    try (var files = Files.list(data.resolve("store"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".blob")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }

    CliFixture.Ran ran = cli.run("backup", "copy", "--data-dir", "data");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith("backed up to ")
        .endsWith(
            "warning: 1 artifacts could not be read and were left out; the next backup adds them"
                + " once they can be read, and 'vetting-cli fsck' names damaged ones\n");
  }

  @Test
  void aRestoreNeedsAnEmptyFolderAndAWholeBackup() throws IOException {
    cli.run("backup", "copy", "--data-dir", "data");

    assertThat(cli.run("restore", "copy").exit()).isEqualTo(2);
    assertThat(cli.run("restore", "copy", "--data-dir", "data").exit()).isEqualTo(2);
    assertThat(cli.run("backup", "copy", "--data-dir", "data").exit()).isEqualTo(2);
    try (var files = Files.walk(folder.resolve("copy"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.write(file, Bytes.utf8("rotten").array());
      }
    }
    CliFixture.Ran ran = cli.run("restore", "copy", "--data-dir", "again");
    assertThat(ran.exit()).as(ran.err()).isEqualTo(4);
  }

  @Test
  void aRealServerIsFoundAndItsStoreCannotBeOpenedBeside() throws IOException {
    cli.environment.put("LAZARET_DATA_DIR", data.toString());
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
    try (Wiring wiring = Wiring.open(config, clock);
        HttpServer listener = HttpServer.start(wiring.serverParts(), Bytes.EMPTY)) {
      String secret =
          wiring
              .desk()
              .tokens()
              .create("admin", RoleGrants.of(DeskRole.ADMIN), null, "test")
              .secret();
      Files.writeString(data.resolve("admin-token"), secret + "\n");

      assertThat(cli.run("status").out()).contains("unix:" + data.resolve("desk.sock"));
      assertThat(cli.run("prefetch", "alpha").exit()).isZero();
      assertThat(cli.run("approve", "alpha@1.1.0", "--reason", "ok").exit()).isZero();
      assertThat(cli.run("fsck").exit()).isZero();
      assertThat(cli.run("cargo-config").out()).contains("sparse+" + listener.url() + "/index/");
      FixtureRegistry.of(CrateBuilder.crate("gamma", "1.0.0")).writeTo(folder.resolve("mirror"));
      assertThat(cli.run("import", "mirror").exit()).isZero();
      assertThat(cli.run("token", "create", "ci", "--scope", "read").exit()).isZero();
      assertThat(cli.run("token", "revoke", "ci").exit()).isZero();

      CliFixture.Ran ran = cli.run("status", "--data-dir", data.toString());
      assertThat(ran.exit()).isEqualTo(3);
      assertThat(ran.err()).contains(data.toString()).contains("hold");
    }
  }

  @Test
  void whoApprovesAtTheServerAndInTheStoreIsOnePerson() throws IOException {
    cli.write("ban.toml", "[[advisory]]\nid = \"ACME-1\"\nreason = \"keys\"\ncrate = \"alpha\"\n");
    assertThat(cli.run("prefetch", "alpha", "--data-dir", "data").exit()).isZero();
    assertThat(cli.run("feed", "import", "ban.toml", "--data-dir", "data").exit()).isZero();
    String[] waive = {"approve", "alpha@1.0.0", "--reason", "no malware", "--waive", "ACME-1"};
    String[] here =
        Stream.concat(Arrays.stream(waive), Stream.of("--data-dir", "data")).toArray(String[]::new);
    MirrorConfig config =
        MirrorConfig.read(
            List.of("--listen", "127.0.0.1:0", "--data-dir", data.toString()), cli.environment);
    try (Wiring wiring = Wiring.open(config, clock);
        HttpServer listener = HttpServer.start(wiring.serverParts(), Bytes.EMPTY)) {
      CliFixture other = new CliFixture(folder, clock);
      other.environment.put("LAZARET_SERVER", listener.url());
      other.environment.put(
          "LAZARET_TOKEN",
          wiring
              .desk()
              .tokens()
              .create("alice", RoleGrants.of(DeskRole.REVIEWER), null, "test")
              .secret());
      assertThat(other.run(waive).out()).contains("alice waived it; a second person must");
    }

    assertThat(cli.run(here).out()).contains("local:alice waived it; a second person must");
    assertThat(cli.run("why", "alpha@1.0.0", "--data-dir", "data").exit()).isEqualTo(1);
    cli.user = "bob";
    cli.run(here);
    CliFixture.Ran why = cli.run("why", "alpha@1.0.0", "--data-dir", "data");
    assertThat(why.exit()).isZero();
    assertThat(why.out()).contains("waived by local:alice and local:bob");
  }
}
