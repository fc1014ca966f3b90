package lazaret.bundle.checking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.trust.DsseEnvelope;
import lazaret.bundle.trust.StoredTrust;
import lazaret.vetting.Bytes;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The commands of `docs/bundle-format.md`, run exactly as printed. People must be able to verify a
/// bundle without this program.
@Tag("ci")
class ManualChecksTest {
  private static final Path PAGE =
      Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/bundle-format.md");
  private static final String TOOLS = "Tools";
  private static final String NEEDED =
      """
      for tool in openssl jq tar awk diff zcat basenc sha256sum python3; do
        command -v $tool > /dev/null || echo $tool
      done
      openssl list -signature-algorithms 2> /dev/null | grep -q ML-DSA-65 || echo 'openssl 3.5'
      python3 -c 'import tuf.ngclient' 2> /dev/null || echo python3-tuf
      """;

  @TempDir Path folder;
  private final ManualBundle stream = new ManualBundle();

  /// A modification of a bundle that a check must detect.
  interface Damage {
    void in(Path bundle) throws IOException;
  }

  /// For each check of the page, a modification that this check must detect.
  private static final Map<String, Damage> DAMAGES = damages();

  private static Map<String, Damage> damages() {
    Map<String, Damage> damages = new LinkedHashMap<>();
    damages.put(
        "Every target is what its name says", b -> turn(TestExports.target(b, "part-0002.tar")));
    damages.put(
        "The targets are those that are signed",
        b -> Files.createFile(b.resolve("targets/" + "0".repeat(64) + ".extra.json")));
    damages.put(
        "The first root is the one on paper",
        b -> edit(b.resolve("metadata/1.root.json"), "\"version\":1", "\"version\":9"));
    damages.put(
        "Each root is signed by the officers of the one before",
        b -> withoutLongSignature(b.resolve("metadata/2.root.json")));
    damages.put(
        "The metadata is signed by the officers of the newest root",
        b -> withoutLongSignature(b.resolve("metadata/2.targets.json")));
    damages.put(
        "The metadata belongs together and has not expired",
        b -> edit(b.resolve("metadata/2.targets.json"), "\"length\":", "\"length\": "));
    damages.put(
        "The statement is of this stream, and counts what is there",
        b -> edit(TestExports.target(b, "bundle.json"), "\"parts\":3", "\"parts\":4"));
    damages.put(
        "Each index line has the decision on its bytes",
        b -> editStatements(b, text -> rotated(text)));
    damages.put(
        "Each decision is signed",
        b -> editStatements(b, text -> text.replaceFirst("\"FAILED\"", "\"PASSED\"")));
    damages.put(
        "Each part has what the table says, and each artifact is what its name says",
        b -> turn(TestExports.target(b, "part-0003.tar")));
    damages.put(
        "Each part of files has what the table says, and each file is what its name says",
        b -> turn(TestExports.target(b, "files-0001.tar")));
    damages.put(
        "Each artifact lies where the table says",
        b -> edit(TestExports.target(b, "blobs.tsv"), "\t512\t", "\t513\t"));
    damages.put(
        "The artifacts are those that may be served",
        b -> withoutFirstLine(TestExports.target(b, "blobs.tsv")));
    damages.put(
        "The state is the one that is signed",
        b ->
            editTable(
                TestExports.target(b, "index.ndjson.gz"), "\"yanked\":false", "\"yanked\":true"));
    damages.put(
        "Another TUF client takes the whole",
        b -> withoutLongSignature(b.resolve("metadata/timestamp.json")));
    return damages;
  }

  static Stream<String> checks() {
    return DAMAGES.keySet().stream();
  }

  @BeforeAll
  static void toolsAreThere() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: no bash");
    Path home = Files.createTempDirectory("lazaret-manual");
    String missing = run(NEEDED, home, home, "").text();
    Files.delete(home);
    assumeTrue(missing.isBlank(), "skipped: not installed: " + missing.replace('\n', ' '));
  }

  /// The checks are for bundles with crates, as the page says.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ADVISORIES")
  void everyCheckHoldsForWhatWasExported(SnapshotKind kind) throws IOException {
    Path bundle = stream.export(kind, folder);
    StringBuilder all = new StringBuilder();
    blocks().values().forEach(all::append);
    Ran ran = run(all.toString(), bundle, folder, paper());
    assertThat(ran.status()).as(ran.text()).isZero();
    assertThat(ran.text())
        .contains("metadata/2.root.json: signed by ben")
        .contains("metadata/2.targets.json: signed by dan")
        .contains("python3-tuf takes decisions.dsse.ndjson.gz");
  }

  @Test
  void theFileOfABundleUnpacksToItsFolder() throws IOException {
    Path bundle = stream.export(SnapshotKind.FULL, folder);
    Path file = SingleFileBundle.pack(bundle);
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    Ran ran =
        run(
            "tar --extract --file '%s' && diff --recursive . '%s'".formatted(file, bundle),
            unpacked,
            folder,
            "");
    assertThat(ran.status()).as(ran.text()).isZero();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void eachCheckNoticesItsDamage(String check) throws IOException {
    Path bundle = stream.export(SnapshotKind.FULL, folder);
    String script = blocks().get(TOOLS) + blocks().get(check);
    Ran good = run(script, bundle, folder, paper());
    assertThat(good.status()).as(good.text()).isZero();
    Optional.ofNullable(DAMAGES.get(check)).orElseThrow().in(bundle);
    Ran bad = run(script, bundle, folder, paper());
    assertThat(bad.status()).as("the check notices it; it said:\n" + bad.text()).isNotZero();
  }

  @Test
  void eachCheckOfThePageHasItsDamage() throws IOException {
    List<String> titles = new ArrayList<>(blocks().keySet());
    assertThat(titles.removeFirst()).isEqualTo(TOOLS);
    assertThat(titles).containsExactlyElementsOf(DAMAGES.keySet());
  }

  private String paper() {
    return StoredTrust.fingerprint(stream.firstRoot()).groups();
  }

  /// Returns the code blocks of the page by their headings, in order.
  private static Map<String, String> blocks() throws IOException {
    Map<String, String> blocks = new LinkedHashMap<>();
    String title = "";
    boolean inside = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (inside && !line.equals("```")) {
        blocks.merge(title, line + "\n", String::concat);
      } else if (line.startsWith("### ")) {
        title = line.substring("### ".length());
      } else {
        inside = line.equals("```bash");
      }
    }
    return blocks;
  }

  /// The result of a script.
  private record Ran(int status, String text) {}

  private static Ran run(String script, Path bundle, Path temporary, String paper)
      throws IOException {
    Path file = Files.writeString(Files.createTempFile(temporary, "check", ".sh"), script);
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", file.toString())
            .directory(bundle.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    // The Python of the distribution has the required modules.
    builder.environment().merge("PATH", "/usr/bin:/bin", (path, first) -> first + ":" + path);
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().put("paper", paper);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      process.destroyForcibly();
      Files.delete(file);
    }
    return new Ran(process.exitValue(), text);
  }

  private static void turn(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[520] ^= 1;
    Files.write(file, bytes);
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replaceFirst(from, to));
  }

  /// Removes the last ML-DSA signature, as an attacker who broke only Ed25519 would have to.
  private static void withoutLongSignature(Path file) throws IOException {
    String text = Files.readString(file);
    String less =
        text.replaceFirst(",\\{\"keyid\":\"[0-9a-f]{64}\",\"sig\":\"[0-9a-f]{6618}\"}(?=],)", "");
    assertThat(less).hasSizeLessThan(text.length());
    Files.writeString(file, less);
  }

  private static void withoutFirstLine(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(1, lines.size()));
  }

  private static List<String> lines(Path table) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(table))) {
      return new ArrayList<>(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static void write(Path table, List<String> lines) throws IOException {
    try (var out = new GZIPOutputStream(Files.newOutputStream(table))) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void editTable(Path table, String from, String to) throws IOException {
    List<String> lines = lines(table);
    assertThat(lines.get(1)).contains(from);
    lines.set(1, lines.get(1).replace(from, to));
    write(table, lines);
  }

  /// Changes the statements in the envelope of a bundle without changing the signatures.
  private static void editStatements(Path bundle, UnaryOperator<String> change) throws IOException {
    Path table = TestExports.target(bundle, "decisions.dsse.ndjson.gz");
    List<String> lines = lines(table);
    DsseEnvelope own = DsseEnvelope.parse(Bytes.utf8(lines.getFirst()));
    String text = change.apply(own.payload().text());
    assertThat(text).isNotEqualTo(own.payload().text());
    var changed = new DsseEnvelope(Bytes.utf8(text), own.payloadType(), own.signatures());
    lines.set(0, changed.line().text());
    write(table, lines);
  }

  private static String rotated(String lines) {
    int first = lines.indexOf('\n') + 1;
    return lines.substring(first) + lines.substring(0, first);
  }
}
