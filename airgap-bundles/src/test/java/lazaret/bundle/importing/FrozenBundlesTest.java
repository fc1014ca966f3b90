package lazaret.bundle.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import lazaret.testkit.FrozenBuild;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The bundles of earlier builds are imported into a new network and into one that such a build
/// left, with the states and marks of then.
class FrozenBundlesTest {
  static final List<FrozenBuild> BUILDS = FrozenBuild.ALL;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T00:00:00Z"), ZoneOffset.UTC);
  private static final List<String> BUNDLES =
      List.of("prod-e1-00000001-full", "prod-e1-00000002-delta", "prod-e1-00000003-revocation");

  @TempDir Path folder;

  private NetworkFixture open(String data) throws IOException {
    return NetworkFixture.open(
        folder.resolve(data),
        Bytes.of(Files.readAllBytes(folder.resolve("keys/roots/1.root.json"))),
        CLOCK);
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void newNetworkReachesTheStatesOfThen(FrozenBuild build) throws IOException {
    build.unpack("bundles", folder);
    List<String> marks = Files.readAllLines(folder.resolve("marks.txt"));
    List<String> roots =
        Pattern.compile("\"state_root\": \"([0-9a-f]{64})\",\\s+\"stream\"")
            .matcher(build.expected())
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(marks).hasSameSizeAs(BUNDLES);
    assertThat(roots).hasSizeGreaterThanOrEqualTo(2);
    try (NetworkFixture inside = open("new")) {
      for (int i = 0; i < BUNDLES.size(); i++) {
        ImportOutcome outcome = inside.run(folder.resolve("medium").resolve(BUNDLES.get(i)));

        assertThat(outcome).as(BUNDLES.get(i)).isInstanceOf(ImportOutcome.Imported.class);
        assertThat(((ImportOutcome.Imported) outcome).highWaterMark().line())
            .isEqualTo(marks.get(i));
        // A revocation leads to no state of its own.
        assertThat(inside.root().hex()).isEqualTo(roots.get(Math.min(i, 1)));
      }
    }
    assertThat(folder.resolve("new.highwater")).hasContent(marks.getLast());
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void networkOfThenGoesOn(FrozenBuild build) throws IOException {
    build.unpack("bundles", build.unpack("inside", folder));
    Path file = folder.resolve("inside.highwater");
    Bytes mark = Bytes.of(Files.readAllBytes(file));

    HighWaterMark read = HighWaterMark.read(file).orElseThrow();
    read.write(folder.resolve("again"));
    assertThat(Bytes.of(Files.readAllBytes(folder.resolve("again")))).isEqualTo(mark);
    try (NetworkFixture inside = open("inside")) {
      for (String bundle : BUNDLES.subList(1, 3)) {
        assertThat(inside.run(folder.resolve("medium").resolve(bundle)))
            .as(bundle)
            .isInstanceOf(ImportOutcome.AlreadyImported.class);
      }
      assertThat(inside.crates()).hasSize(3);
      assertThat(inside.crates(2)).hasSize(3);
    }
  }
}
