package lazaret.e2e.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.OtlpReceiver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The content of the archives, and the programs in them on this machine.
@Tag("ci")
class PackagesE2E {
  private static final String LINUX = "-linux-" + PackageBuild.PROCESSOR + ".tar.gz";
  private static final String VERSION = "\\d+\\.\\d+\\.\\d+";

  private final PackageBuild built = PackageBuild.plainArchives();

  @Test
  void archiveHasEachJarOfItsProgramsAndNoOther() throws IOException {
    Path home = built.unpacked("lazaret-0", LINUX);

    TreeSet<String> listed = new TreeSet<>();
    for (String program : List.of("mirror-server", "vetting-cli", "cargo-credential")) {
      listed.addAll(Files.readAllLines(home.resolve(program + ".jars")));
    }
    assertThat(names(home.resolve("jars"))).containsExactlyElementsOf(listed);
    assertThat(names(home)).contains("LICENSE", "bin", "native", "runtime", "share", "training");
    assertThat(home.resolve("training/crates/lib.rs")).isRegularFile();
    assertThat(names(built.unpacked("lazaret-cli-0", LINUX).resolve("training")))
        .containsExactly("aot", "lib.sh", "train");
    for (String file : List.of("docs/operating.md", "docs/hooks/pre-commit")) {
      assertThat(home.resolve("share/doc").resolve(file)).isRegularFile();
    }
    assertThat(names(home.resolve("share/doc/observability")))
        .contains("lazaret-alerts.yaml", "lazaret-dashboard.json");
    assertThat(names(home)).noneMatch(name -> name.endsWith(".aot"));
  }

  @Test
  void archiveHasTheDatabaseLibraryOfItsProcessorAlone() throws IOException {
    for (String begin : List.of("lazaret-0", "lazaret-cli-0")) {
      Path home = built.unpacked(begin, LINUX);

      assertThat(names(home.resolve("native"))).containsExactly("librocksdbjni-linux64.so");
      for (String jar : names(home.resolve("jars"))) {
        try (ZipFile zip = new ZipFile(home.resolve("jars").resolve(jar).toFile())) {
          assertThat(zip.stream().map(entry -> entry.getName()))
              .as(jar)
              .noneMatch(name -> name.endsWith(".so") || name.endsWith(".jnilib"));
        }
      }
    }
  }

  @Test
  void manualPagesAndCompletionsAreThoseOfTheProgramsOfThePackage() throws IOException {
    Path both = built.unpacked("lazaret-0", LINUX).resolve("share");
    assertThat(names(both.resolve("man/man1"))).contains("vetting-cli-verify.1");
    assertThat(names(both.resolve("man/man8"))).contains("mirror-server.8");
    assertThat(names(both.resolve("completions/zsh"))).contains("_mirror-server");

    for (Path alone : List.of(built.unpacked("lazaret-cli-0", LINUX), plain())) {
      Path share = alone.resolve("share");
      assertThat(names(share.resolve("man"))).containsExactly("man1");
      assertThat(names(share.resolve("man/man1"))).contains("vetting-cli-verify.1");
      assertThat(names(share.resolve("completions/bash"))).containsExactly("vetting-cli");
      assertThat(names(share.resolve("completions/zsh"))).containsExactly("_vetting-cli");
      assertThat(names(share.resolve("completions/fish"))).containsExactly("vetting-cli.fish");
      assertThat(share.resolve("doc/observability")).doesNotExist();
    }
  }

  /// The store of the JDK may have certificates of the machine that builds.
  @Test
  void runtimeTrustsTheCertificatesOfDebianOnly() throws Exception {
    Set<Certificate> published = new HashSet<>();
    CertificateFactory certificates = CertificateFactory.getInstance("X.509");
    try (Stream<Path> files = Files.list(Path.of("/usr/share/ca-certificates/mozilla"))) {
      for (Path file : files.toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          published.add(certificates.generateCertificate(in));
        }
      }
    }
    for (String begin : List.of("lazaret-0", "lazaret-cli-0")) {
      Path file = built.unpacked(begin, LINUX).resolve("runtime/lib/security/cacerts");
      KeyStore store = KeyStore.getInstance(file.toFile(), new char[0]);
      Set<Certificate> trusted = new HashSet<>();
      for (String alias : Collections.list(store.aliases())) {
        trusted.add(store.getCertificate(alias));
      }

      assertThat(trusted).isEqualTo(published).hasSizeGreaterThan(100);
    }
  }

  @Test
  void gateSendsTracesWithThePlugInOfThePackage() throws IOException {
    Path home = built.unpacked("lazaret-0", LINUX);
    Path program = home.resolve("bin/mirror-server");
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Map<String, String> environment =
          Map.of(
              "LAZARET_TRACES_ENDPOINT", receiver.url(),
              "LAZARET_PLUGINS", home.resolve("plugins/tracing").toString());
      try (PackagedGate gate = start(program, environment, WorkFolder.folder("data"))) {
        assertThat(gate.get("index/config.json")).contains("dl");
        receiver.await(_ -> true);
        assertThat(gate.stop()).isTrue();
      }
    }

    Path empty = WorkFolder.folder("empty");
    ProcessBuilder refused = new ProcessBuilder(program.toString(), "--version");
    refused.environment().put("LAZARET_PLUGINS", empty.toString());
    assertThat(ProgramResult.of(refused, Duration.ofMinutes(1)).exits(3).err())
        .isEqualTo(
            "error: cannot start mirror-server: expected jars in '"
                + empty
                + "' (LAZARET_PLUGINS), found none; name plugins/tracing of the package, or unset"
                + " it\n");
  }

  @Test
  void gateOfTheArchiveAnswersWithItsOwnRuntimeAndLibrary() throws IOException {
    Path home = built.unpacked("lazaret-0", LINUX);
    Path link = Files.createSymbolicLink(WorkFolder.folder("path").resolve("gate"), home);
    Path data = WorkFolder.folder("data");

    assertThat(PackageBuild.run(link + "/bin/mirror-server", "--version").ok().out())
        .matches("lazaret " + VERSION + "\n");
    try (PackagedGate gate = start(link.resolve("bin/mirror-server"), Map.of(), data)) {
      assertThat(gate.get("health/live")).contains("status");
      assertThat(gate.maps())
          .contains(home.toRealPath().resolve("native/librocksdbjni-linux64.so").toString())
          .contains(home.toRealPath().resolve("runtime/lib/server/libjvm.so").toString());
      ProgramResult status = cli(link, Map.of("LAZARET_DATA_DIR", data.toString()), "status").ok();
      assertThat(status.out()).contains("gate").contains("artifacts 0");
      assertThat(gate.stop()).isTrue();
    }
  }

  @Test
  void onlyTheCommandLineForAllSystemsHasNoDatabase() throws IOException {
    Path home = built.unpacked("lazaret-0", LINUX);
    Path linux = built.unpacked("lazaret-cli-0", LINUX);
    Path plain = plain();
    Path data = WorkFolder.folder("data");
    start(home.resolve("bin/mirror-server"), Map.of(), data).close();

    for (Path alone : List.of(linux, plain)) {
      assertThat(names(alone)).doesNotContain("plugins", "mirror-server.jars");
      assertThat(names(alone.resolve("bin"))).containsExactly("vetting-cli");
      assertThat(names(alone.resolve("jars")))
          .noneMatch(name -> name.matches("(postgresql|storage-postgres|storage-s3|s3)-[0-9].*"));
      assertThat(cli(alone, Map.of(), "--version").ok().out())
          .matches("vetting-cli " + VERSION + "\n");
    }
    for (Path each : List.of(home, linux)) {
      assertThat(cli(each, Map.of(), "fsck", "--data-dir", data.toString()).ok().out())
          .startsWith("intact");
    }
    assertThat(names(plain.resolve("jars"))).noneMatch(name -> name.startsWith("rocksdb"));
    assertThat(Files.readAllLines(plain.resolve("vetting-cli.jars")))
        .containsExactlyElementsOf(
            Files.readAllLines(linux.resolve("vetting-cli.jars")).stream()
                .filter(jar -> !jar.startsWith("rocksdb"))
                .toList());
    assertThat(cli(plain, Map.of(), "fsck", "--data-dir", data.toString()).exits(3).err())
        .isEqualTo(
            "error: cannot open the store: expected the database library, found a package without"
                + " it; run this on the machine of the gate, or ask its server with --server"
                + " URL\n");
  }

  /// A developer without a server has this package alone.
  @Test
  @Tag("all")
  void commandLineOfLinuxRunsABuildWithoutAServer() {
    var _ = SandboxScene.sandbox();
    var _ = SandboxScene.toolchain();
    Path linux = built.unpacked("lazaret-cli-0", LINUX);
    Path user = WorkFolder.folder("user");
    Path project = CargoProjectFolder.with().folder();
    Path upstream = WorkFolder.folder("upstream");

    ProgramResult first = run(linux, user, project, upstream);
    ProgramResult second = run(linux, user, project, upstream);
    ProgramResult refused = run(plain(), WorkFolder.folder("other"), project, upstream);

    assertThat(first.ok().err()).contains("run: checking with a gate of this command");
    assertThat(second.ok().err()).doesNotContain("run: checking");
    assertThat(refused.exits(125).err())
        .contains("expected the database library, found the archive for all systems")
        .contains("lazaret-cli-VERSION-linux-ARCH");
  }

  private static ProgramResult run(Path home, Path user, Path project, Path upstream) {
    return cli(
        home,
        Map.of("XDG_DATA_HOME", user.toString()),
        "run",
        "--project",
        project.toString(),
        "--cache",
        user.resolve("cache").toString(),
        "--feeds",
        "none",
        "--upstream",
        upstream.toString(),
        "--",
        "true");
  }

  @Test
  void commandLineIsTheCredentialProviderOfCargo() throws IOException {
    Path home = built.unpacked("lazaret-cli-0", LINUX);
    Process provider =
        new ProcessBuilder(home.resolve("bin/vetting-cli").toString(), "--cargo-plugin").start();
    provider.getOutputStream().close();

    assertThat(new String(provider.getInputStream().readAllBytes(), UTF_8))
        .startsWith("{\"v\":[1]}");
  }

  @Test
  void commandLineForAllSystemsFindsAJavaOrSaysWhatItNeeds() throws IOException {
    Path home = plain();
    Path old = WorkFolder.folder("old-java");
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.12\"\n");
    Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 9\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    assertThat(start(home, old, "/usr/bin:/bin").exits(3).err())
        .startsWith("error: cannot start vetting-cli: expected Java 25 or newer, found Java 17 in")
        .contains("'" + old + "'")
        .endsWith("or set JAVA_HOME to its folder\n");
    String found = System.getProperty("java.home") + "/bin:/usr/bin:/bin";
    assertThat(start(home, old, found).ok().out()).startsWith("vetting-cli ");
  }

  /// Other systems than Linux cannot run its programs, and lack the options of GNU's.
  @Test
  void commandLineForAllSystemsHasNothingOfOneSystem() throws IOException {
    Path home = plain();
    assertThat(names(home)).doesNotContain("runtime", "native");
    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files).noneMatch(ElfFile::is);
    }
    for (String script : List.of("bin/vetting-cli", "find-java")) {
      String text = Files.readString(home.resolve(script));
      assertThat(text).doesNotContain("readlink -f", "[[", "mapfile", "sed -i", "local ");
      assumeTrue(Machine.program("shellcheck").isPresent(), "no shellcheck in PATH");
      PackageBuild.run("shellcheck", "-s", "sh", "-S", "warning", home.resolve(script).toString())
          .ok();
    }
  }

  private Path plain() {
    Path archive =
        built
            .folder()
            .resolve(built.names().stream().filter(PackagesE2E::isPlain).findFirst().orElseThrow());
    Path into = WorkFolder.folder("plain");
    PackageBuild.run("tar", "-xzf", archive.toString(), "-C", into.toString()).ok();
    return into.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
  }

  private static boolean isPlain(String name) {
    return name.matches("lazaret-cli-" + VERSION + "\\.tar\\.gz");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static PackagedGate start(Path program, Map<String, String> environment, Path data) {
    return PackagedGate.start(
        environment,
        List.of(
            program.toString(),
            "--listen",
            "127.0.0.1:0",
            "--upstream",
            WorkFolder.folder("upstream").toString(),
            "--data-dir",
            data.toString()));
  }

  private static ProgramResult cli(Path home, Map<String, String> environment, String... words) {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/vetting-cli").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LAZARET"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return ProgramResult.of(builder, Duration.ofMinutes(2));
  }

  private static ProgramResult start(Path home, Path java, String path) {
    return cli(home, Map.of("JAVA_HOME", java.toString(), "PATH", path), "--version");
  }
}
