package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.crate;
import static lazaret.bundle.format.Formats.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The small named values that imports write: names and forms, which stores out there hold and may
/// never change. `ExpiredBundleTest` has one more, and `BundleExportVerbTest` those of exports.
class BundleMetaKeyTest {
  private static final Map<String, String> FORMS =
      Map.of(
          "bundle.clock-floor", "\\S+Z",
          "bundle.import", "([0-9a-f]{64})?",
          "bundle.revocations", "[0-9a-f]{64} \\S+Z e1/8 1\n",
          "bundle.sweep", "(yes)?",
          "bundle.trust.root", "\\{\"signatures\":(?s:.*)\"_type\":\"root\"(?s:.*)",
          "bundle.trust.snapshot", "\\{\"signatures\":(?s:.*)\"_type\":\"snapshot\"(?s:.*)",
          "bundle.trust.targets", "\\{\"signatures\":(?s:.*)\"_type\":\"targets\"(?s:.*)",
          "bundle.trust.timestamp", "\\{\"signatures\":(?s:.*)\"_type\":\"timestamp\"(?s:.*)",
          "snapshot.head", "[1-9]",
          "snapshot.next", "\\S+Z");

  @TempDir Path folder;

  private final Map<String, Set<String>> written = new HashMap<>();

  /// Notes what is written.
  private Store around(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof Batch batch) {
                batch.writes().forEach(this::note);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void note(Batch.Write write) {
    if (write instanceof Batch.Write.PutMeta(String name, Bytes value)) {
      written.computeIfAbsent(name, _ -> new HashSet<>()).add(value.text());
    }
  }

  @Test
  void namesAndFormsOfTheSmallValuesOfImportsStay() throws IOException {
    var outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    try (NetworkFixture inside =
        NetworkFixture.open(folder.resolve("data"), ImportContext.Steps.NONE, this::around)) {
      outside.snapshot(crate("alpha", "1.0.0"));
      inside.run(outside.bundle(SnapshotKind.FULL));
      for (int i = 1; i < 7; i++) {
        outside.snapshot(crate("alpha", "1.0.0", "1.0." + i));
        inside.run(outside.bundle(SnapshotKind.DELTA, i));
      }
      outside.snapshot(
          new SnapshotCrate(CrateName.parse("alpha"), List.of(line("alpha", "1.0.0", false))));
      inside.run(outside.bundle(SnapshotKind.REVOCATION, 7));
    }

    assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(FORMS.keySet());
    written.forEach(
        (name, values) ->
            assertThat(values)
                .allSatisfy(value -> assertThat(value).as(name).matches(FORMS.get(name))));
  }
}
