package lazaret.bundle.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.tuf.SigningKey;
import lazaret.testkit.FrozenBuild;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.snapshot.SnapshotCrate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The tables of bundles of earlier builds are read, and written with the same lines and
/// signatures.
class FrozenTablesTest {
  static final List<FrozenBuild> BUILDS = FrozenBuild.ALL;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T00:00:00Z"), ZoneOffset.UTC);
  private static final List<String> BUNDLES =
      List.of("prod-e1-00000001-full", "prod-e1-00000002-delta", "prod-e1-00000003-revocation");

  @TempDir Path folder;

  private Formats.Table table(String bundle, String name) throws IOException {
    Bytes bytes = file(bundle, name);
    return new Formats.Table(bytes, Bytes.utf8(new Formats.Table(bytes, 0).unpacked()).length());
  }

  private Bytes file(String bundle, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("medium/" + bundle + "/targets"))) {
      Path file = files.filter(f -> f.toString().endsWith("." + name)).findFirst().orElseThrow();
      return Bytes.of(Files.readAllBytes(file));
    }
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void statementIsTheOneFormOfItsContent(FrozenBuild build) throws IOException {
    build.unpack("bundles", folder);

    for (String bundle : BUNDLES) {
      Bytes file = file(bundle, "bundle.json");

      assertThat(BundleStatementCodec.write(BundleStatementCodec.read(file)))
          .as(bundle)
          .isEqualTo(file);
    }
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void advisoriesAreWrittenWithTheSameLines(FrozenBuild build) throws IOException {
    build.unpack("bundles", folder);
    Formats.Table table = table(BUNDLES.getFirst(), "advisories.ndjson.gz");
    BundleStatement statement = BundleStatementCodec.read(file(BUNDLES.getFirst(), "bundle.json"));

    List<Feed> feeds;
    try (TableLineReader in = table.open()) {
      feeds = AdvisoryTable.read(in, statement.feeds());
    }

    assertThat(feeds).hasSize(3);
    Formats.Table again = Formats.table(out -> AdvisoryTable.write(out, feeds));
    assertThat(again.unpacked()).isEqualTo(table.unpacked()).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void indexAndDecisionsAreWrittenWithTheSameLinesAndSignatures(FrozenBuild build)
      throws IOException {
    build.unpack("bundles", folder);
    SigningKey key =
        KeyFolder.open(
                folder.resolve("keys"), _ -> "frozen build of the tests".toCharArray(), CLOCK)
            .decisions();

    for (String bundle : BUNDLES) {
      Formats.Table index = table(bundle, "index.ndjson.gz");
      Formats.Table decisions = table(bundle, "decisions.dsse.ndjson.gz");
      List<SnapshotCrate> crates = new ArrayList<>();
      try (var in = new CrateTables(index.open(), decisions.open(), List.of(key.publicKey()))) {
        for (Optional<SnapshotCrate> c = in.next(); c.isPresent(); c = in.next()) {
          crates.add(c.get());
        }
      }

      assertThat(crates).as(bundle).isNotEmpty();
      var indexBytes = new ByteArrayOutputStream();
      var decisionBytes = new ByteArrayOutputStream();
      try (var writer =
          new CrateTablesWriter(
              new TableLineWriter(indexBytes), new TableLineWriter(decisionBytes), key)) {
        for (SnapshotCrate crate : crates) {
          writer.add(crate);
        }
      }
      assertThat(unpacked(indexBytes)).as(bundle).isEqualTo(index.unpacked());
      assertThat(unpacked(decisionBytes)).as(bundle).isEqualTo(decisions.unpacked());
    }
  }

  private static String unpacked(ByteArrayOutputStream bytes) {
    try {
      return new Formats.Table(Bytes.of(bytes.toByteArray()), 0).unpacked();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
