package lazaret.vetting.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.testkit.SharedData;
import lazaret.testkit.SharedData.Artifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.linecheck.ManifestCheck;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Index lines of real crates, from 2014 to 2026, which match their manifests.
final class LineMismatchSliceTest {
  private final Map<CrateName, List<IndexEntry>> lines = new HashMap<>();

  @Test
  void noHonestLineDiffersFromItsManifest() throws IOException {
    Optional<SharedData> data = SharedData.find();
    Assumptions.assumeTrue(data.isPresent(), "shared data is not there: set LAZARET_SHARED");
    Path upstream = data.orElseThrow().upstream();

    List<String> mismatches = new ArrayList<>();
    int compared = 0;
    int dependencies = 0;
    for (Artifact artifact : data.orElseThrow().artifacts()) {
      Path file = upstream.resolve("index").resolve(IndexPath.of(artifact.name()).toString());
      List<IndexEntry> all = lines.computeIfAbsent(artifact.name(), n -> read(n, file));
      IndexEntry line =
          all.stream().filter(e -> e.version().equals(artifact.version())).findFirst().orElse(null);
      if (line != null) {
        compared++;
        dependencies += line.deps().size();
        ManifestCheck.mismatch(line, manifest(artifact))
            .ifPresent(m -> mismatches.add(artifact + ": " + m));
      }
    }

    assertThat(mismatches).isEmpty();
    assertThat(compared).isEqualTo(691);
    assertThat(dependencies).isEqualTo(4_385);
  }

  private static List<IndexEntry> read(CrateName name, Path file) {
    try {
      return IndexFile.parse(name, Bytes.of(Files.readAllBytes(file)), IndexLimits.DEFAULT)
          .entries();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Bytes manifest(Artifact artifact) {
    List<Bytes> found = new ArrayList<>();
    new CrateArchive(artifact.name(), artifact.version(), artifact.read())
        .walk(
            InspectLimits.DEFAULT,
            (entry, content) -> {
              if (entry.path().equals("Cargo.toml")) {
                found.add(content.read(1 << 20));
              }
            });
    return found.getFirst();
  }
}
