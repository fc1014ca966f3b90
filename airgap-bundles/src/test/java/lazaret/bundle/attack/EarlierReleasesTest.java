package lazaret.bundle.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import lazaret.bundle.importing.ImportOutcome;
import lazaret.bundle.importing.NetworkFixture;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotCrate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The import of the bundles of all releases. For each release there is a stored stream of a full
/// bundle, a delta and a revocation.
class EarlierReleasesTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("lazaret.root", ".."))
          .resolve("airgap-bundles/src/test/resources/earlier-releases");

  static List<String> releases() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  @Attack(72)
  void itsBundlesLeadToTheStatesThatTheyLedTo(String release, @TempDir Path folder)
      throws IOException {
    Path stream = folder.resolve("stream");
    unpack(CORPUS.resolve(release), stream);
    List<String> lines = Files.readAllLines(stream.resolve(ReleaseStream.LIST));
    Clock then = Clock.fixed(Instant.parse(lines.getFirst()), ZoneOffset.UTC);
    Bytes root = Bytes.of(Files.readAllBytes(stream.resolve(ReleaseStream.ROOT)));

    assertThat(lines).hasSizeGreaterThan(3);
    try (NetworkFixture inside = NetworkFixture.open(folder.resolve("data"), root, then)) {
      for (String line : lines.subList(1, lines.size())) {
        String[] bundle = line.split(" ", 2);
        assertThat(inside.run(stream.resolve(bundle[0])))
            .as(line)
            .isInstanceOf(ImportOutcome.Imported.class);
        assertThat(inside.root().hex()).as(line).isEqualTo(bundle[1]);
        assertThat(served(inside)).as(line).isNotEmpty().allSatisfy(c -> holds(inside, c));
      }
      // The denials of a revocation are not a state.
      assertThat(inside.index("alpha").lines())
          .anySatisfy(l -> assertThat(l).contains("\"vers\":\"1.0.1\"", "\"yanked\":true"))
          .anySatisfy(l -> assertThat(l).contains("\"vers\":\"1.0.0\"", "\"yanked\":false"));
    }
  }

  /// Returns the artifacts that are served now.
  private static List<Sha256> served(NetworkFixture inside) {
    try (Stream<SnapshotCrate> crates =
        inside.store().snapshots().crates(inside.store().snapshots().head())) {
      return crates
          .flatMap(c -> c.lines().stream())
          .filter(l -> l.statement().allows())
          .map(l -> l.entry().cksum())
          .toList();
    }
  }

  private static void holds(NetworkFixture inside, Sha256 cksum) {
    Optional<Bytes> artifact = inside.store().artifact(cksum);
    assertThat(artifact.map(Sha256::of)).contains(cksum);
  }

  private static void unpack(Path archive, Path into) throws IOException {
    try (var zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        Path file = into.resolve(entry.getName());
        Files.createDirectories(file.resolveSibling("."));
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
  }

  /// Adds the release named by the property. An existing release is not overwritten.
  @Test
  @EnabledIfSystemProperty(named = "lazaret.release", matches = "[0-9.]+")
  void addsARelease(@TempDir Path folder) throws IOException {
    Path file = CORPUS.resolve(System.getProperty("lazaret.release") + ".zip");
    assertThat(file).doesNotExist();

    ReleaseStream.write(Files.createDirectories(CORPUS).resolve(file.getFileName()), folder);
  }
}
