package lazaret.vetting.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.testkit.SharedData;
import lazaret.testkit.SharedData.Artifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.toml.TomlOutcome;
import lazaret.vetting.toml.TomlReader;
import lazaret.vetting.toml.TomlScalar;
import lazaret.vetting.toml.TomlVisitor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// Real crates of the public registry, from 2014 to 2026. No rule may withhold one of them, and
/// their facts must be correct.
@Tag("ci")
final class InspectorSliceTest {
  private static final int ARTIFACTS = 691;

  private SharedData data = new SharedData(Path.of("."));

  @BeforeEach
  void findData() {
    var found = SharedData.find();
    Assumptions.assumeTrue(found.isPresent(), "shared data is not there: set LAZARET_SHARED");
    data = found.orElseThrow();
  }

  /// A run without the large matrices inspects a quarter of the crates.
  @Test
  void findsNoProblemInAnyRealCrate() {
    List<Artifact> artifacts = data.artifacts();
    int step = Boolean.getBoolean("lazaret.all") ? 1 : 4;

    List<String> problems = new ArrayList<>();
    for (int i = 0; i < artifacts.size(); i += step) {
      Artifact artifact = artifacts.get(i);
      inspect(artifact).problems().forEach(problem -> problems.add(artifact + ": " + problem));
    }

    assertThat(artifacts).hasSize(ARTIFACTS);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "serde_derive, true",
    "thiserror-impl, true",
    "tracing-attributes, true",
    "serde, false",
    "proc-macro2, false",
    "syn, false"
  })
  void knowsProcMacros(String name, boolean procMacro) {
    assertThat(latest(name).facts().procMacro()).isEqualTo(procMacro);
  }

  @ParameterizedTest
  @CsvSource({
    "ring, true",
    "libc, true",
    "proc-macro2, true",
    "libsqlite3-sys, true",
    "zstd-sys, true",
    "itoa, false",
    "memchr, false",
    "tokio, false",
    "serde_derive, false"
  })
  void knowsBuildScripts(String name, boolean buildScript) {
    assertThat(latest(name).facts().buildScript()).isEqualTo(buildScript);
  }

  @Test
  void knowsLicensesAndLinks() {
    CrateFacts sqlite = latest("libsqlite3-sys").facts();

    assertThat(sqlite.license()).isEqualTo("MIT");
    assertThat(sqlite.links()).isEqualTo("sqlite3");
  }

  /// Checks that an independent reader finds the same scalars in every manifest.
  @Test
  void readsEveryManifestAsTomljDoes() {
    for (Artifact artifact : data.artifacts()) {
      Bytes manifest = manifestOf(artifact);
      var ours = new TreeMap<String, Set<String>>();
      assertThat(TomlReader.read(manifest, collectInto(ours)))
          .isInstanceOf(TomlOutcome.Document.class);
      var theirs = new TreeMap<String, Set<String>>();
      flatten("", Toml.parse(manifest.text()), theirs);

      assertThat(ours).as("%s", artifact).isEqualTo(theirs);
    }
  }

  private Findings latest(String name) {
    return data.artifacts().stream()
        .filter(artifact -> artifact.name().published().equals(name))
        .max((a, b) -> a.version().compareTo(b.version()))
        .map(InspectorSliceTest::inspect)
        .orElseThrow();
  }

  private static Findings inspect(Artifact artifact) {
    Bytes bytes = artifact.read();
    return Inspector.inspect(artifact.id(bytes), bytes, InspectLimits.DEFAULT);
  }

  private static Bytes manifestOf(Artifact artifact) {
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

  private static TomlVisitor collectInto(Map<String, Set<String>> values) {
    return new TomlVisitor() {
      @Override
      public void table(List<String> path, boolean element) {}

      @Override
      public void value(List<String> path, TomlScalar value) {
        add(values, String.join("\u0001", path), value.text());
      }
    };
  }

  private static void flatten(String path, Object value, Map<String, Set<String>> into) {
    switch (value) {
      case TomlTable table ->
          table
              .entrySet()
              .forEach(
                  entry ->
                      flatten(
                          path.isEmpty() ? entry.getKey() : path + "\u0001" + entry.getKey(),
                          entry.getValue(),
                          into));
      case TomlArray array -> {
        for (int i = 0; i < array.size(); i++) {
          flatten(path, array.get(i), into);
        }
      }
      default -> add(into, path, value.toString());
    }
  }

  private static void add(Map<String, Set<String>> into, String path, String value) {
    into.computeIfAbsent(path, _ -> new TreeSet<>()).add(value);
  }
}
