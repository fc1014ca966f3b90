package lazaret.vetting.hosting.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.linecheck.ManifestCheck;
import org.junit.jupiter.api.Test;

/// Writes random manifests, and compares the line of each with it by another reader: the check that
/// the gate makes on the lines of the public registry.
class IndexLinePropertyTest {
  private static final RegistryAddresses HERE =
      new RegistryAddresses(List.of("https://crates.acme.example/private/index/"));
  private static final List<String> REQS =
      List.of("1", "1.2", "^1.2.3", "=0.4.1", ">=1.2, <2", "~0.3", "1.*", "0.1.0-rc.1");
  private static final List<String> SECTIONS =
      List.of("dependencies", "build-dependencies", "dev-dependencies", "dev_dependencies");
  private static final List<String> TARGETS =
      List.of(
          "cfg(windows)", "x86_64-unknown-linux-gnu", "cfg(all(unix, not(target_os = \\\"x\\\")))");

  private final Random random = new Random(22);

  private boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /// A manifest with the dependencies that features can name.
  private final class Manifest {
    private final StringBuilder text =
        new StringBuilder("[package]\nname = \"acme-core\"\nversion = \"1.2.3-rc.1+b\"\n");
    private final List<String> optional = new ArrayList<>();
    private final List<String> all = new ArrayList<>();

    Manifest() {
      if (one(3)) {
        text.append("links = \"z\"\n");
      }
      if (one(3)) {
        text.append("rust-version = \"1.85\"\n");
      }
      String section = any(SECTIONS.subList(2, 4));
      for (String each : List.of("dependencies", "build-dependencies", section)) {
        section(each, each);
      }
      if (one(2)) {
        String target = any(TARGETS);
        section("target.\"%s\".dependencies".formatted(target), "dependencies");
      }
      features();
    }

    private void section(String path, String kind) {
      Set<String> names = new LinkedHashSet<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        names.add("dep-" + random.nextInt(20));
      }
      for (String name : names) {
        text.append("[%s.%s]\nversion = \"%s\"\n".formatted(path, name, any(REQS)));
        if (one(4)) {
          text.append("package = \"Real_%d\"\n".formatted(random.nextInt(9)));
        }
        if (one(3)) {
          text.append("features = [\"std\", \"a-b\"]\n");
        }
        if (one(3)) {
          text.append("default-features = false\n");
        }
        if (one(4)) {
          text.append("registry-index = \"sparse+https://crates.acme.example/private/index\"\n");
        }
        all.add(name);
        if (!kind.startsWith("dev") && one(3)) {
          text.append("optional = true\n");
          optional.add(name);
        }
      }
    }

    private void features() {
      text.append("[features]\ndefault = []\n");
      if (!optional.isEmpty()) {
        text.append("opt = [\"dep:%s\", \"default\"]\n".formatted(any(optional)));
        text.append("weak = [\"%s?/std\"]\n".formatted(any(optional)));
      }
      if (!all.isEmpty()) {
        text.append("strong = [\"%s/std\"]\n".formatted(any(all)));
      }
    }
  }

  @Test
  void eachLineSaysWhatItsManifestSays() {
    for (int i = 0; i < 2_000; i++) {
      Bytes document = Bytes.utf8(new Manifest().text.toString());
      PublishedManifest manifest = PublishedManifestReader.read(document, HERE);
      String line =
          IndexLineWriter.line(
              manifest, Sha256.of(document), Instant.parse("2026-11-30T12:00:00.5Z"));

      IndexFile file =
          IndexFile.parse(
              manifest.name(),
              Bytes.utf8(line.substring(0, line.length() - 1) + ",\"yanked\":false}\n"),
              IndexLimits.DEFAULT);

      assertThat(file.omitted()).as(document.text()).isEmpty();
      IndexEntry entry = file.entries().getFirst();
      assertThat(ManifestCheck.mismatch(entry, document)).as(document.text()).isEmpty();
      assertThat(entry.version()).isEqualTo(manifest.version());
      assertThat(entry.links()).isEqualTo(manifest.links());
      assertThat(entry.rustVersion()).isEqualTo(manifest.rustVersion());
      assertThat(entry.pubtime()).isEqualTo("2026-11-30T12:00:00Z");
      assertThat(entry.features()).isEqualTo(manifest.features());
      boolean isNew = document.text().contains("dep:");
      assertThat(entry.v()).isEqualTo(isNew ? 2 : 1);
      assertThat(line.contains("\"features2\"")).isEqualTo(isNew);
    }
  }
}
