package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.UnpackedImage;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CheckerReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The image of the gate: built, read by other programs, unpacked and started.
@Tag("all")
class GateImageE2E {
  private static final Duration BUILD = Duration.ofMinutes(20);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MAX_MEGABYTES = 120;
  private static final int FEWEST_CERTIFICATES = 100;
  private static final String HOME = "usr/lib/lazaret";

  private static Path output;
  private static Path layout;
  private static Path unpacked;

  /// Not a [WorkFolder]: user 65532 must be able to reach it.
  private static Path work;

  @BeforeAll
  static void build() throws IOException {
    for (String tool : List.of("skopeo", "umoci", "jq", "dpkg-deb", "apt-get", "unshare")) {
      assumeTrue(Machine.program(tool).isPresent(), "no " + tool + " in PATH");
    }
    assumeTrue(Programs.isRoot(), "unpacking and starting the image takes root");
    assumeTrue(
        Files.exists(Machine.root().resolve("packaging/build")), "no packaging/build in this tree");
    work =
        Path.of(
            Programs.run(PATIENCE, "mktemp", "-d", "/var/tmp/lazaret-image-XXXXXX")
                .ok()
                .out()
                .strip());
    Programs.run(PATIENCE, "chmod", "755", "" + work).ok();
    output = work.resolve("first");
    layout = build(output);
    unpacked = work.resolve("unpacked");
    Programs.run(PATIENCE, "umoci", "unpack", "--image", layout + ":" + version(), "" + unpacked)
        .ok();
    Programs.run(PATIENCE, "chmod", "755", "" + unpacked).ok();
  }

  @AfterAll
  static void remove() {
    if (work != null) {
      WorkFolder.delete(work);
    }
  }

  private static Path build(Path output) throws IOException {
    Programs.run(
            BUILD,
            "" + Machine.root().resolve("packaging/build"),
            "--arch",
            "x86_64",
            "--output",
            "" + output,
            "image")
        .ok();
    try (Stream<Path> files = Files.list(output)) {
      return files.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private static String version() {
    return layout.getFileName().toString().split("-", -1)[2];
  }

  private static Path root() {
    return unpacked.resolve("rootfs");
  }

  private static List<String> config(String filter) {
    return Programs.run(
            PATIENCE,
            "bash",
            "-c",
            "skopeo inspect --raw --config oci:\"$1\" | jq -r -c \"$2\"",
            "bash",
            layout + ":" + version(),
            filter)
        .ok()
        .out()
        .lines()
        .toList();
  }

  @Test
  void skopeoReadsIt() {
    ProgramResult seen =
        Programs.run(PATIENCE, "skopeo", "inspect", "oci:" + layout + ":" + version());

    CheckerReport.add("skopeo", seen.ok().out());
    assertThat(seen.out())
        .contains("\"org.opencontainers.image.title\": \"Lazaret\"")
        .contains("\"Architecture\": \"amd64\"")
        .contains(digest(output));
    assertThat(config(".config.User, .config.StopSignal, (.config.Entrypoint | join(\" \"))"))
        .containsExactly(
            "65532:65532",
            "SIGTERM",
            "/usr/lib/lazaret/runtime/bin/java @/usr/lib/lazaret/gate.args");
    assertThat(config(".config.Healthcheck.Test[1:] | join(\" \")"))
        .containsExactly("/usr/lib/lazaret/runtime/bin/java @/usr/lib/lazaret/probe.args");
    assertThat(config(".config | .ExposedPorts, .Volumes | keys[]"))
        .containsExactly("7080/tcp", "/tmp", "/var/lib/lazaret");
  }

  private static String digest(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return Files.readString(
              files.filter(f -> f.toString().endsWith(".digest")).findFirst().orElseThrow())
          .strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void hasNoProgramsButJava() throws IOException {
    List<String> programs = new ArrayList<>();
    List<String> privileged = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root())) {
      for (Path file :
          files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        String name = root().relativize(file).toString();
        if (permissions.contains(PosixFilePermission.OTHERS_EXECUTE) && !name.contains(".so")) {
          programs.add(name);
        }
        int mode = (int) Files.getAttribute(file, "unix:mode");
        if ((mode & 06000) != 0 || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
          privileged.add(name);
        }
      }
    }

    assertThat(programs)
        .containsExactlyInAnyOrder(
            HOME + "/runtime/bin/java",
            HOME + "/runtime/bin/keytool",
            HOME + "/runtime/lib/jexec",
            HOME + "/runtime/lib/jspawnhelper");
    assertThat(privileged).isEmpty();
    assertThat(root().resolve("bin")).doesNotExist();
    assertThat(Files.readString(root().resolve(HOME + "/gate.args")))
        .doesNotContainPattern("/sandbox-[0-9]");
  }

  @Test
  void isSmall() throws IOException {
    long packed = 0;
    try (Stream<Path> files = Files.list(layout.resolve("blobs/sha256"))) {
      for (Path file : files.toList()) {
        packed += Files.size(file);
      }
    }
    String whole = Programs.run(PATIENCE, "du", "-sm", "" + root()).ok().out().split("\t", -1)[0];
    System.out.printf("image: %d MB packed, %s MB unpacked%n", packed >> 20, whole);

    assertThat(packed >> 20).isLessThanOrEqualTo(MAX_MEGABYTES);
  }

  @Test
  void trustsTheCertificatesOfDebianOnly() throws Exception {
    KeyStore store =
        KeyStore.getInstance(
            root().resolve(HOME + "/runtime/lib/security/cacerts").toFile(), (char[]) null);

    assertThat(store.size()).isGreaterThan(FEWEST_CERTIFICATES);
    // Each has its SHA-256 as name; PackagesE2E compares the same store with Debian's files.
    assertThat(Collections.list(store.aliases())).allMatch(name -> name.matches("[0-9a-f]{64}"));
  }

  @Test
  void hasTheLicensesOfItsLibrariesAndABillOfItsFiles() throws IOException {
    List<String> names =
        Files.readAllLines(root().resolve(HOME + "/licenses/LIBRARIES")).stream()
            .map(line -> line.split("\t", -1)[2])
            .toList();
    assertThat(names).contains("rocksdb.txt", "ca-certificates.txt");
    assertThat(names).allMatch(name -> Files.exists(root().resolve(HOME + "/licenses/" + name)));

    String files =
        ".components[] | select(.properties) | .hashes[0].content + \"  \" + .properties[0].value";
    String sums = Programs.run(PATIENCE, "jq", "-r", files, layout + ".cdx.json").ok().out();
    assertThat(sums.lines())
        .hasSizeGreaterThan(50)
        .anyMatch(line -> line.endsWith("/runtime/lib/modules"));
    Path list = Files.writeString(work.resolve("sums"), sums);
    Programs.run(
            PATIENCE,
            "sh",
            "-c",
            "cd \"$1\" && sha256sum --check --quiet \"$2\"",
            "sh",
            "" + root(),
            "" + list)
        .ok();
  }

  @Test
  void secondBuildDiffersInTheCacheOnly() throws IOException {
    Path second = build(work.resolve("second"));

    List<String> layers = layers(layout);
    List<String> again = layers(second);
    assertThat(layers).hasSize(4);
    assertThat(again.subList(0, 3)).isEqualTo(layers.subList(0, 3));
    assertThat(Files.readString(Path.of(layout + ".aot.sha256")))
        .matches("[0-9a-f]{64}  gate.aot\n");
  }

  private static List<String> layers(Path layout) {
    return Programs.run(
            PATIENCE,
            "bash",
            "-c",
            "skopeo inspect --raw oci:\"$1\" | jq -r '.layers[].digest'",
            "bash",
            layout + ":" + version())
        .ok()
        .out()
        .lines()
        .toList();
  }

  @Test
  void cacheFitsTheRuntime() throws IOException {
    Map<String, String> variables = variables();
    // The JVM then ends instead of starting without the cache.
    variables.put("JDK_JAVA_OPTIONS", "-XX:AOTMode=on");
    Path volume = Files.createDirectory(work.resolve("unused"));
    UnpackedImage image = new UnpackedImage(root(), volume, variables);

    String java = "/" + HOME + "/runtime/bin/java";

    image.run(java, "@/" + HOME + "/gate.args", "--version").ok();
    assertThat(image.run(java, "@/" + HOME + "/probe.args").exits(1).out())
        .startsWith("cannot ask ");
  }

  @Test
  void runsAsAUserWithoutRightsOnAReadOnlyRoot() throws Exception {
    Path volume = Files.createDirectory(work.resolve("volume"));
    // As Kubernetes makes a volume with fsGroup.
    Programs.run(PATIENCE, "chown", "root:" + UnpackedImage.USER, "" + volume).ok();
    Programs.run(PATIENCE, "chmod", "2770", "" + volume).ok();
    UnpackedImage image = new UnpackedImage(root(), volume, variables());
    String[] entry = config(".config.Entrypoint[]").toArray(String[]::new);
    String java = entry[0];

    startsAndStops(image, entry);
    startsAndStops(image, entry);

    assertThat(image.run(java, "@/" + HOME + "/probe.args").exits(1).out())
        .startsWith("cannot ask http://127.0.0.1:" + port(image));
    assertThat(image.run(entry[0], entry[1], "--print-config").ok().out())
        .contains("LAZARET_DATA_DIR");
  }

  private void startsAndStops(UnpackedImage image, String[] entry) throws Exception {
    Path log = work.resolve("log");
    Process gate =
        image.builder(entry).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      String probe = "@/" + HOME + "/probe.args";
      GateScene.await(
          "the gate of the image to be ready", () -> image.run(entry[0], probe).exit() == 0);
      assertThat(Files.readString(log)).contains("listening on ").doesNotContain("[warning]");
      assertThat(curl(image, "/index/config.json")).contains("\"dl\"");
      assertThat(Files.readString(Path.of("/proc/" + gate.pid() + "/status")))
          .containsPattern("Uid:\t65532\t65532\t65532\t65532")
          .containsPattern("CapEff:\t0+\n");
      String token =
          image
              .run(
                  entry[0],
                  "@/" + HOME + "/cli.args",
                  "token",
                  "create",
                  "t" + System.nanoTime(),
                  "--role",
                  "reader")
              .ok()
              .out();
      assertThat(token).startsWith("lzr_");
    } finally {
      gate.destroy();
      assertThat(gate.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(gate.exitValue()).as(Files.readString(log)).isZero();
  }

  private static String curl(UnpackedImage image, String path) {
    return Programs.run(
            PATIENCE,
            "curl",
            "-sS",
            "--fail",
            "--noproxy",
            "*",
            "http://127.0.0.1:" + port(image) + path)
        .ok()
        .out();
  }

  private static String port(UnpackedImage image) {
    String listen = image.variables().getOrDefault("LAZARET_LISTEN", "");
    return listen.substring(listen.lastIndexOf(':') + 1);
  }

  /// Returns the variables of the image, with another port: this test has the network of the
  /// machine.
  private static Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    for (String variable : config(".config.Env[]")) {
      variables.put(
          variable.substring(0, variable.indexOf('=')),
          variable.substring(variable.indexOf('=') + 1));
    }
    variables.put("LAZARET_LISTEN", "0.0.0.0:" + Machine.freePort());
    variables.put("LAZARET_PUBLIC_URL", "http://gate.example.org");
    variables.put("LAZARET_OFFLINE", "true");
    return variables;
  }
}
